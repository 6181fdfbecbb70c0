"""The Luohu 2024 year as a story: its notice's own dates, fourteen invented applicants, and what goes wrong.

Window, publication day, quotas and publicity days come from the pack [N2]; the days after it are ours.
"""

from zaiti_replay.luohu import to_register, to_scores
from zaiti_replay.luohu.story import Step

STEPS = [
    Step("城市计划与名额", ("区", "类型", "名额"), to_scores.plan),
    Step("发布申报通知", ("项目", "内容"), to_scores.call),
    Step("申报", ("申报单位", "类型", "提交时间", "申报编号", "拒绝原因"), to_scores.apply),
    Step("受理", ("申报编号", "申报单位", "状态"), to_scores.screen),
    Step("抽取专家", ("类型", "入池", "抽取", "回避", "随机种子"), to_scores.draw),
    Step("考察、评议与打分", ("类型", "申报单位", "总分"), to_scores.review),
    Step("排名与会议决定", ("类型", "名次", "申报单位", "总分", "状态", "说明"), to_register.rank),
    Step("公示", ("申报单位", "状态"), to_register.post),
    Step("报送", ("申报单位", "说明"), to_register.report),
    Step("结果发布", ("证书编号", "载体", "类型"), to_register.announce),
    Step("跟踪管理", ("证书编号", "载体", "状态"), to_register.follow_up),
]
