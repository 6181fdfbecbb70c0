from zaiti.papers import kinds

WELCOME = kinds.add(
    "guest", "welcome", "welcome", word="迎", title="欢迎{unit}", made_by=[("guest.greeting", "greet")]
)
