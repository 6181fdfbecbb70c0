"""Words for invented papers: units, people, titles and running text.  All names are invented."""

from random import Random

TEXT = (
    "为贯彻落实国家和省市关于职业技能培训的决策部署规范载体申报管理提高资金使用效益根据有关规定结合实际制定本办法"
    "申请单位应当具备独立法人资格依法经营信用良好财务管理制度健全培训内容符合指南要求师资队伍结构合理场地设施满足教学"
    "需要近三年组织开展高技能人才培训成绩显著附件包括营业执照审计报告纳税证明资质证书合同发票检测报告专利授权通知书等"
    "材料加盖公章后扫描上传本单位承诺所提交的全部材料真实有效如有虚假愿意承担相应法律责任工作室领办人应当具有绝技绝活"
)
PLACES = ["深圳市", "广州市", "上海市", "北京市", "南京市", "武汉市", "东莞市", "杭州市", "成都市", "佛山市"]
MIDDLES = [
    "华创",
    "鹏程",
    "智联",
    "海德",
    "明源",
    "新科",
    "蓝天",
    "博雅",
    "中恒",
    "天宇",
    "信达",
    "瑞丰",
    "远望",
    "云帆",
    "宏图",
    "嘉禾",
    "示例",
    "梧桐",
    "松岭",
    "鹿鸣",
    "青禾",
    "卓越",
    "同济",
    "晨曦",
    "百川",
    "鼎盛",
    "正阳",
    "启航",
    "永固",
    "汇通",
]
TRADES = [
    "科技",
    "信息技术",
    "生物医药",
    "电子",
    "新能源",
    "智能装备",
    "文化传播",
    "软件",
    "精密机械",
    "环保工程",
    "职业培训",
    "教育咨询",
    "汽车服务",
    "家政服务",
    "物流供应链",
]
ENDINGS = ["有限公司", "股份有限公司", "有限责任公司", "职业培训学校", "集团有限公司", "技师学院", "行业协会"]
TITLES = [
    "申报表",
    "营业执照",
    "法定代表人身份证明",
    "授权委托书",
    "信用承诺书",
    "真实性承诺书",
    "管理制度汇编",
    "场地租赁合同",
    "设备设施清单",
    "审计报告",
    "师资名册",
    "培训台账",
    "校企合作协议",
    "建设规划",
    "领办人荣誉证书",
    "劳动合同",
    "成员名单",
    "带徒协议",
    "专利证书",
    "年度计划",
]
SEAL_FEET = ("", "", "合同专用章", "财务专用章", "行政专用章")
PEOPLE = ["张示例", "李示例", "王样本", "赵样例", "陈示范"]


def unit(random: Random) -> str:
    """An invented unit's name, 9 to 19 characters."""
    return "".join(map(random.choice, (PLACES, MIDDLES, TRADES, ENDINGS)))


def sentence(random: Random, length: int) -> str:
    """Running text of a given length: pieces of the corpus, shuffled, with punctuation."""
    text = ""
    while len(text) < length:
        start, size = random.randrange(len(TEXT) - 14), random.randint(4, 13)
        text += TEXT[start : start + size] + random.choice("，，，。；、")
    return text[:length]


USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(random: Random) -> str:
    """An invented unified social credit code with a right check digit (GB 32100-2015)."""
    body = "91440300" + "".join(random.choice(USCC_SIGNS) for _ in range(9))
    total = sum(USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + USCC_SIGNS[(31 - total % 31) % 31]
