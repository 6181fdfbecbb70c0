"""What stands before Django in the web process: takes each request in whole before a thread is held for it.

Threads are few, and clients may be slow, many, or never finish: so bodies are read beside one another into
files, within limits of time and number, and answers are sent the same way.
"""
