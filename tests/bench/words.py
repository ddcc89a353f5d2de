"""Words: sentences, titles and tags that read like the news of an invented county."""

from random import Random

TAGS = tuple(
    field + aim
    for field in (
        "乡村 农业 工业 生态 文化 教育 医疗 养老 交通 水利 政务 企业 社区 青年 科技 数字 旅游 就业 消防 营商"
    ).split()
    for aim in "建设 服务 改革 创新 振兴 监管 培训 保障 示范 发展".split()
)

SOURCES = tuple(
    "青溪日报 青溪县融媒体中心 县政府办公室 县软环境办 县发展改革局 县农业农村局 县市场监管局 东岭晚报".split()
)

_WORDS = {
    name: tuple(words.split())
    for name, words in {
        "place": """白石镇 柳河镇 东岭乡 双桥镇 松涛街道 石门乡 云台镇 清泉街道 金沙镇 红旗乡 龙湾镇 大榆镇
            长岭乡 南坪镇 北塘街道 新安镇 桃源乡 永宁镇 三岔河镇 杨树乡 太平街道 望山镇 小河沿乡 沙洲镇""",
        "office": """县发展改革局 县农业农村局 县市场监管局 县行政审批局 县水利局 县交通运输局 县教育局 县文化旅游局
            县卫生健康局 县住房城乡建设局 县人力资源社会保障局 县自然资源局 县生态环境分局 县税务局 县应急管理局
            县科技局 县民政局 县商务局 县医疗保障局 县林业和草原局 县软环境办 县司法局""",
        "meeting": """软环境建设工作推进会 营商环境评议会 春季农业生产现场会 重点项目调度会 企业家座谈会 安全生产专题会
            防汛工作部署会 乡村建设观摩会 政务服务工作例会 招商引资洽谈会 生态环境保护推进会 教育质量分析会
            冬季清洁取暖协调会 农产品产销对接会 科技成果对接会 基层治理经验交流会""",
        "campaign": """“问需于企”走访活动 减证便民行动 河道清理整治 人居环境提升行动 惠企政策宣讲 送岗下乡活动
            秸秆综合利用试点 食品安全专项检查 法律服务进村活动 全民阅读活动 冬春农田水利建设 老旧小区改造
            “一件事一次办”改革 信用修复指导 健康义诊活动 非遗进校园活动 道路隐患排查 助企纾困专项行动""",
        "project": """高标准农田改造工程 城区供热管网改造工程 冷链物流园 智能温室示范园 污水处理厂二期 县医院新院区
            中药材加工园 农村公路提质工程 灌区节水配套工程 标准化厂房 电商直播基地 清水河治理工程 职业教育中心
            肉牛养殖小区 光伏发电项目 玉米深加工项目 城市公园 数字档案馆 木耳菌包厂 体育健身中心""",
        "product": """玉米 水稻 大豆 黑木耳 人参 蓝莓 肉牛 生猪 杂粮 蔬菜 苹果梨 葡萄 食用菌 中药材 林下鸡 淡水鱼
            粘豆包 手工豆腐 蜂蜜 草莓 马铃薯 鲜食玉米 辣椒 西瓜""",
        "measure": """简化办事流程 压减审批材料 推行容缺受理 设立专门窗口 开展上门服务 建立问题清单 实行销号管理
            组建专家服务队 落实包保责任 完善联席会议制度 公开办理时限 开通热线电话 延长服务时间 推广网上申报
            加强事中事后监管 细化任务分工 强化跟踪问效 引入第三方评价 开设绿色通道 发放明白卡 统一服务标准
            加密巡查频次 补齐设施短板 优化种植结构 推广节水灌溉""",
        "effect": """办事效率明显提高 企业负担持续减轻 群众满意度稳步上升 项目落地速度加快 产品销路进一步打开
            村容村貌焕然一新 农民收入稳定增长 市场活力不断增强 水质持续改善 安全隐患及时消除 投诉数量大幅下降
            产业链条不断延伸 公共服务更加均衡 出行条件明显改善 发展信心更加坚定 资源利用水平稳步提升""",
        "group": """种植大户 返乡青年 个体工商户 小微企业 养殖户 合作社社员 在校学生 外来务工人员 老年居民
            脱贫户 货车司机 新入职教师 社区居民 快递员 手工艺人 村医""",
        "role": """一位种粮大户 一名驻村干部 合作社负责人 企业负责人 窗口工作人员 项目现场负责人 一位退休教师
            农技推广人员 社区网格员 来办事的市民 返乡创业者 车间主任 一名乡村医生 护林员 水库值守人员 检测员""",
        "field": """粮食生产 招商引资 政务服务 生态保护 基础教育 医疗卫生 交通运输 文化旅游 科技创新 社会治理
            住房保障 就业创业 市场监管 农村改革 防灾减灾 数字政府建设""",
        "how": "扎实 有序 稳步 全力 持续 深入 统筹 加快 主动 靠前 精准 因地制宜",
        "time": """今年以来 连日来 近年来 入冬以来 春耕时节 三季度以来 汛期到来之前 近一段时间 年初至今
            节日期间 新学期伊始 秋收时节""",
        "site": """田间地头 项目工地 政务大厅 生产车间 社区广场 村部会议室 蔬菜大棚 河堤上 农贸市场 校园里
            物流分拣中心 文化活动室 乡镇卫生院 苗木基地 展销会现场 乡村民宿""",
        "scene": """机器轰鸣、车辆穿梭，一派繁忙景象 工人们正抢抓工期，忙着安装设备 前来咨询的群众络绎不绝
            工作人员耐心解答，现场秩序井然 一排排大棚整齐排列，长势喜人 孩子们围坐在一起，听得格外认真
            满载货物的车辆正陆续出发 村民们一边劳作，一边谈论着今年的收成 志愿者们冒着细雨清理沿线杂物
            技术员手把手讲解要领，大家边看边学 大屏幕上滚动显示着办理进度 新修的水泥路一直通到家门口""",
        "quote": """以前要跑好几趟，现在一次就办完了 有困难随时有人管，心里特别踏实 只要肯干，日子一定越过越好
            政策讲得明白，我们干起来就更有底气 订单已经排到了明年，工人也比去年多了 这条路修通以后，运输成本降了不少
            孩子在家门口就能上好学校，我们很放心 今年水跟得上，收成肯定差不了 从申请到拿证只用了半天，没想到这么快
            我们要把标准定得更高，把服务做得更细 技术员常来指导，少走了很多弯路 环境好了，来玩的人自然就多了
            大家一起商量着办，事情就好办多了 把问题解决在前面，企业才能安心生产""",
        "goal": """把好事办好、实事办实 让数据多跑路、让群众少跑腿 推动各项任务落地见效 为全年目标打下坚实基础
            努力打造群众满意的政务环境 不断增强群众的获得感 守牢安全生产底线 促进农业增效、农民增收
            形成齐抓共管的工作格局 以优良作风保障各项工作落实 推动产业由大变强 让绿水青山更有价值""",
    }.items()
}

_LEADS = (
    "{date}，{office}在{place}召开{meeting}，总结前一阶段{field}工作，安排下一步重点任务",
    "{date}，从{office}传来消息，{time}，全县{how}推进{field}各项工作，{effect}",
    "{time}，{place}围绕{field}，{how}开展{campaign}，{effect}，{effect}",
    "{date}上午，走进{place}的{site}，{scene}",
    "{date}，位于{place}的{project}正式开工，计划总投资{money}，建成后可带动{n}户{group}增收",
    "记者{date}从{meeting}上获悉，全县{field}工作取得新进展，{effect}",
    "为进一步做好{field}工作，{office}会同{office}于{date}启动{campaign}，{n}名工作人员参加",
    "{date}，{place}迎来{product}集中上市，{site}，{scene}",
)

_SENTENCES = (
    "据{office}负责人介绍，{time}，全县共开展{campaign}{n}场次，惠及{group}{big}人次",
    "{office}坚持问题导向，{measure}、{measure}，{how}解决{group}反映的突出问题",
    "目前，{project}已完成投资{money}，占年度计划的{pct}，预计{month}月底前投入使用",
    "截至{date}，{place}已落实{product}种植面积{big}亩，比上年同期增加{pct}",
    "在{place}的{site}，{scene}",
    "{role}说，{quote}",
    "“{quote}，”{role}告诉记者，“{quote}”",
    "针对{field}中的薄弱环节，{place}{measure}，并安排{n}名干部包保到户，{effect}",
    "数据显示，前{month}个月，全县{field}领域新增经营主体{n}户，同比增长{pct}",
    "会议要求，各乡镇、各部门要提高认识，{measure}，{measure}，{goal}",
    "会议指出，做好{field}工作责任重大，要{how}推进{campaign}，确保{effect}",
    "与此同时，{office}还{measure}，把服务送到{group}身边，累计办理事项{big}件",
    "{place}依托{project}，发展{product}产业，吸纳{n}名{group}就近就业，人均月收入达到{wage}元",
    "过去，这里道路不畅、设施陈旧；如今，随着{project}投入使用，{effect}",
    "{office}对{n}个单位进行了实地检查，发现问题{few}个，已全部列入台账并限期整改",
    "按照计划，今年全县将实施{field}重点项目{few}个，总投资{money}，其中{project}等已经开工",
    "通过{measure}，平均办理时限由原来的{few}个工作日压缩到{one}个工作日，{effect}",
    "{time}，{place}{product}总产量达到{big}吨，产值{money}，产品销往周边{few}个市县",
    "为方便{group}，{place}在{site}设立服务点{few}个，{measure}，实现了小事不出村、大事有人帮",
    "{office}组织{few}支服务队深入{place}、{place}等地，开展{campaign}，发放宣传资料{big}份",
    "参加活动的{group}表示，{quote}",
    "在{field}方面，全县{how}落实各项政策，兑现补助资金{money}，受益{group}{big}人",
    "{place}还把{campaign}与{field}结合起来，{measure}，{effect}",
    "问卷调查结果显示，{group}对{field}工作的满意率为{pct2}，比年初提高{few}个百分点",
    "{project}负责人介绍，项目采用新工艺，投产后每年可加工{product}{big}吨，节约用水{pct}",
    "走在{place}的村道上，路灯、健身器材和文化墙一应俱全，{scene}",
    "对排查出的{n}处隐患，{office}逐项明确责任人和完成时限，目前整改率已达{pct2}",
    "从“等人上门”到“主动上门”，{office}{measure}，先后为{group}解决实际困难{n}件",
    "气象部门预计，未来{few}天全县以多云天气为主，有利于{product}管理，各地正{how}组织生产",
    "这一做法得到了{group}的普遍认可，{effect}",
    "{how}做好{field}工作，离不开资金和人才保障，今年县财政已安排专项资金{money}",
    "{place}党员干部带头参与{campaign}，清理垃圾{big}吨，栽植树木{big}株，{effect}",
)

_CLOSINGS = (
    "下一步，{office}将{measure}，{how}推进{field}工作，{goal}",
    "{office}提醒广大{group}，如有意见和建议，可通过热线电话或者服务窗口反映，工作人员将及时答复",
    "据悉，{campaign}将持续到{month}月底，相关情况将及时向社会公布",
    "{place}有关负责人表示，将以此次{campaign}为契机，{measure}，{goal}",
    "接下来，全县将{how}抓好{project}建设，{measure}，{goal}",
)

_TITLES = (
    "{place}{how}推进{field}工作",
    "{office}开展{campaign}",
    "{place}：{product}丰收 {effect}",
    "我县召开{meeting}",
    "{project}{month}月底投入使用",
    "{office}{measure} {effect}",
    "{place}{product}产值达{money}",
    "全县{field}重点项目完成投资{money}",
    "{campaign}走进{place}",
    "{group}点赞{field}：{effect}",
    "{place}发展{product}产业带动{n}户增收",
    "前{month}个月全县{field}成效明显",
)

_POINTS = (
    "{office}：{measure}，{effect}",
    "{place}：{how}开展{campaign}",
    "{project}：完成投资{money}",
    "{measure}，{goal}",
    "{product}种植面积{big}亩，增长{pct}",
)


class _Slots:
    """What stands for the names in braces of a template: each time another pick."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def __getitem__(self, slot: str) -> str:
        """A word, or a number, of the kind `slot`."""
        words = _WORDS.get(slot)
        return self._rng.choice(words) if words else self._number(slot)

    def _number(self, slot: str) -> str:
        pick = self._rng.randint
        match slot:
            case "date":
                return f"{pick(1, 12)}月{pick(1, 28)}日"
            case "money":
                return f"{pick(11, 990) / 10}亿元" if pick(0, 2) else f"{pick(12, 9800)}万元"
            case "pct":
                return f"{pick(11, 499) / 10}%"
            case "pct2":
                return f"{pick(801, 999) / 10}%"
        low, high = _RANGES[slot]
        return str(pick(low, high))


_RANGES = {
    "n": (12, 980),
    "big": (1000, 98000),
    "few": (3, 28),
    "one": (1, 2),
    "month": (2, 11),
    "wage": (2800, 6900),
}


class Writer:
    """Writes news, the same for the same state of `rng`."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._slots = _Slots(rng)

    def title(self) -> str:
        """A title of about 8 to 30 characters."""
        return self._filled(_TITLES)

    def point(self) -> str:
        """An item of a list, without a full stop."""
        return self._filled(_POINTS)

    def word(self, kind: str) -> str:
        """A word or number of `kind`, as in the templates."""
        return self._slots[kind]

    def lead(self) -> str:
        """The sentence that begins an article."""
        return self._sentence(_LEADS)

    def closing(self) -> str:
        """The sentence that ends an article."""
        return self._sentence(_CLOSINGS)

    def paragraph(self, first: str, most: int) -> str:
        """`first` (may be empty) and more sentences: 60 characters or more, `most` at most.

        `most` is at least 180, so that a sentence always fits.
        """
        wanted = self._rng.randint(60, most)
        text = first
        while len(text) < wanted:
            more = self._sentence(_SENTENCES)
            if len(text) + len(more) > most:
                if len(text) >= 60:
                    break
                continue
            text += more
        return text

    def _sentence(self, templates: tuple[str, ...]) -> str:
        return self._filled(templates) + "。"

    def _filled(self, templates: tuple[str, ...]) -> str:
        return self._rng.choice(templates).format_map(self._slots)
