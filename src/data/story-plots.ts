/**
 * The plots of the stories. A plot is a row of steps, a step a choice of sentences. `{slot}` stands for a word of the
 * story, `{slot:을/를}` for the word with the particle its last sound asks for. What a sentence names, an earlier one
 * of the story named: who reads on must remember.
 */

/** One sentence with its slots. */
export type Template = string;
export type Step = readonly Template[];

/** Beginnings with a child and with an animal. */
export const OPENINGS: Step = [
  "옛날 옛적 {home}에 {hero:이라/라}는 {nature} 아이가 살았습니다.",
  "{home}에 {hero:이라/라}는 아이가 살고 있었습니다.",
  "옛날 옛적 {home}에 {nature} {kind} 한 마리가 살았습니다. 친구들은 그 {kind:을/를} {hero:이라/라}고 불렀습니다.",
  "{home}에 {hero:이라/라}는 {nature} {kind:이/가} 살고 있었습니다.",
  "{hero:은/는} {home}에 사는 {nature} {kind}입니다.",
  "{hero:은/는} {home}에 사는 {nature} 아이입니다.",
];

/** May stand after the opening. */
export const SCENERY: Step = [
  "{hero:은/는} {food:을/를} 무척 좋아했습니다.",
  "{hero:와/과} {friend:은/는} 가장 친한 친구였습니다.",
  "{hero:은/는} {time}마다 {place:으로/로} 산책을 갔습니다.",
  "{hero:은/는} {friend:와/과} 노는 것을 가장 좋아했습니다.",
  "{hero:은/는} {season:을/를} 제일 좋아했습니다.",
  "{hero:은/는} {family:와/과} 함께 살았습니다.",
];

const lost: readonly Step[] = [
  [
    "{day} {hero:은/는} {color} {thing:을/를} 들고 {place:으로/로} 놀러 갔습니다.",
    "{day} {family:이/가} {hero}에게 {color} {thing:을/를} 선물했습니다.",
    "{hero}에게는 아끼는 {color} {thing:이/가} 있었습니다.",
  ],
  [
    "그런데 {place}에서 놀다가 {color} {thing:을/를} 잃어버렸습니다.",
    "그런데 갑자기 바람이 불어 {color} {thing:이/가} 사라졌습니다.",
    "그런데 집에 돌아와 보니 {color} {thing:이/가} 없었습니다.",
  ],
  [
    "{hero:은/는} 너무 {sorrow}.",
    "{hero:은/는} 주저앉아 엉엉 울었습니다.",
    "“내 {thing:이/가} 어디 갔지?” {hero:이/가} 말했습니다.",
  ],
  [
    "그때 {friend:이/가} 다가와 물었습니다.",
    "지나가던 {friend:이/가} 울음소리를 들었습니다.",
    "“왜 울고 있어?” {friend:이/가} 물었습니다.",
    "“무슨 일이야?” {friend:이/가} 물었습니다.",
  ],
  [
    "“{color} {thing:을/를} 잃어버렸어.” {hero:이/가} 대답했습니다.",
    "“걱정하지 마, 나랑 같이 찾아보자.” {friend:이/가} 말했습니다.",
    "{hero:은/는} {friend}에게 {thing} 이야기를 했습니다.",
  ],
  [
    "{hero:와/과} {friend:은/는} {place:을/를} 구석구석 찾아보았습니다.",
    "둘은 함께 {thing:을/를} 찾기 시작했습니다.",
    "둘은 {spot:을/를} 살펴보았습니다.",
  ],
  [
    "마침내 {friend:이/가} {spot}에서 {color} {thing:을/를} 찾았습니다.",
    "마침내 {spot}에서 {color} {thing:이/가} 나왔습니다.",
    "“여기 있다!” {friend:이/가} {spot}에서 {color} {thing:을/를} 들고 외쳤습니다.",
  ],
  [
    "“고마워, {friend:아/야}!” {hero:이/가} 말했습니다.",
    "{hero:은/는} {friend:을/를} 꼭 안아 주었습니다.",
    "{hero:은/는} 정말 {joy}.",
  ],
];

const gift: readonly Step[] = [
  [
    "{day} {hero:은/는} {friend}의 생일이 다가온다는 것을 알았습니다.",
    "내일은 {friend}의 생일이었습니다.",
    "{day} {hero:은/는} {friend}에게 선물을 주고 싶었습니다.",
  ],
  [
    "“무엇을 주면 좋을까?” {hero:은/는} 곰곰이 생각했습니다.",
    "{hero:은/는} {family}에게 무엇이 좋을지 물어보았습니다.",
    "{hero:은/는} {time} 내내 생각했습니다.",
  ],
  [
    "{hero:은/는} {place}에서 {food:을/를} 한 바구니 모았습니다.",
    "{hero:은/는} {color} {thing:을/를} 정성껏 만들었습니다.",
    "{hero:은/는} {family:와/과} 함께 {color} {thing:을/를} 골랐습니다.",
  ],
  [
    "{hero:은/는} 선물을 들고 {friend}의 집으로 달려갔습니다.",
    "{hero:은/는} 선물을 예쁜 종이에 쌌습니다.",
    "{time:이/가} 되자 {hero:은/는} {friend}의 집 문을 두드렸습니다.",
  ],
  [
    "“생일 축하해, {friend:아/야}!” {hero:이/가} 외쳤습니다.",
    "“이건 너에게 주는 선물이야.” {hero:이/가} 말했습니다.",
    "{friend:은/는} 깜짝 놀라 눈을 동그랗게 떴습니다.",
  ],
  [
    "{friend:은/는} 선물을 받고 무척 {joy}.",
    "“정말 고마워, {hero:아/야}!” {friend:이/가} 말했습니다.",
    "{friend:은/는} {hero}의 손을 꼭 잡았습니다.",
  ],
];

const seed: readonly Step[] = [
  [
    "{day} {hero:은/는} {place}에서 {seed} 씨앗을 주웠습니다.",
    "{day} {family:이/가} {hero}에게 {seed} 씨앗을 주었습니다.",
    "봄이 되자 {hero:은/는} {seed} 씨앗을 한 알 얻었습니다.",
  ],
  [
    "{hero:은/는} {spot}에 {seed} 씨앗을 심었습니다.",
    "{hero:은/는} 마당에 {seed} 씨앗을 심었습니다.",
    "{hero:은/는} 땅을 파고 씨앗을 조심조심 묻었습니다.",
  ],
  [
    "{hero:은/는} 매일 {time}마다 물을 주었습니다.",
    "{hero:은/는} 비가 오나 눈이 오나 씨앗을 돌보았습니다.",
    "“잘 자라라.” {hero:은/는} {time}마다 말했습니다.",
  ],
  [
    "하지만 싹은 좀처럼 나오지 않았습니다.",
    "며칠이 지나도 아무 일도 일어나지 않았습니다.",
    "{friend:은/는} 조금만 더 기다려 보라고 말했습니다.",
  ],
  [
    "어느 날 아침 드디어 작은 싹이 나왔습니다.",
    "그러던 어느 날 초록색 싹이 쑥 올라왔습니다.",
    "며칠 뒤 {seed} 싹이 고개를 내밀었습니다.",
  ],
  [
    "시간이 흘러 {seed:이/가} 무럭무럭 자랐습니다.",
    "{seed:은/는} 하루가 다르게 쑥쑥 자랐습니다.",
    "{hero:와/과} {friend:은/는} {seed:이/가} 자라는 것을 지켜보았습니다.",
  ],
  [
    "{hero:은/는} {friend:와/과} {seed:을/를} 나누었습니다.",
    "{hero:은/는} {friend}에게 {seed:을/를} 자랑했습니다.",
    "{hero:은/는} 정말 {joy}.",
  ],
];

const learn: readonly Step[] = [
  [
    "{day} {hero:은/는} {skill:을/를} 배우고 싶었습니다.",
    "{hero:은/는} {skill:을/를} 잘하는 {friend:이/가} 부러웠습니다.",
    "{day} {friend:이/가} {hero}에게 {skill:을/를} 가르쳐 주기로 했습니다.",
  ],
  [
    "하지만 {skill:은/는} 생각보다 어려웠습니다.",
    "처음에는 자꾸만 실수를 했습니다.",
    "{hero:은/는} 몇 번이나 실패했습니다.",
  ],
  [
    "“나는 못 하겠어.” {hero:이/가} 말했습니다.",
    "{hero:은/는} 너무 {sorrow}.",
    "{hero:은/는} 그만두고 싶었습니다.",
  ],
  [
    "“천천히 하면 돼.” {friend:이/가} 말했습니다.",
    "{friend:은/는} {hero:을/를} 응원해 주었습니다.",
    "“나도 처음에는 그랬어.” {family:이/가} 말했습니다.",
  ],
  [
    "{hero:은/는} 매일 {place}에서 {skill:을/를} 연습했습니다.",
    "{hero:은/는} {time}마다 {skill:을/를} 연습했습니다.",
    "둘은 {place}에서 함께 {skill:을/를} 연습했습니다.",
  ],
  [
    "드디어 {hero:은/는} {skill:을/를} 잘하게 되었습니다.",
    "마침내 {hero:은/는} 혼자서 {skill:을/를} 해냈습니다.",
    "“내가 해냈어!” {hero:이/가} 외쳤습니다.",
  ],
  [
    "{friend:은/는} 크게 손뼉을 쳤습니다.",
    "{hero:은/는} 정말 {joy}.",
    "이제 {hero:은/는} {skill:을/를} 가장 좋아합니다.",
  ],
];

const quarrel: readonly Step[] = [
  [
    "{day} {hero:와/과} {friend:은/는} {place}에서 만났습니다.",
    "{day} {hero:와/과} {friend:은/는} {color} {thing:을/를} 가지고 놀았습니다.",
    "{day} {hero:와/과} {friend:은/는} {color} {thing:을/를} 발견했습니다.",
  ],
  [
    "“이 {thing:은/는} 내 거야!” {hero:이/가} 말했습니다.",
    "“내가 먼저 {thing:을/를} 봤어!” {friend:이/가} 소리쳤습니다.",
    "둘은 서로 {thing:을/를} 가지려고 했습니다.",
  ],
  [
    "둘은 크게 다투었습니다.",
    "{friend:은/는} 화가 나서 집으로 가 버렸습니다.",
    "{hero:은/는} 토라져서 아무 말도 하지 않았습니다.",
  ],
  [
    "혼자 남은 {hero:은/는} {sorrow}.",
    "{hero:은/는} {friend:이/가} 자꾸 생각났습니다.",
    "{hero:은/는} 혼자 노는 것이 재미없었습니다.",
  ],
  [
    "다음 날 {hero:은/는} {friend:을/를} 찾아갔습니다.",
    "“먼저 사과해 보렴.” {family:이/가} 말했습니다.",
    "{hero:은/는} {friend}에게 편지를 썼습니다.",
  ],
  [
    "“미안해, {friend:아/야}.” {hero:이/가} 말했습니다.",
    "“나도 미안해, {hero:아/야}.” {friend:이/가} 대답했습니다.",
    "{hero:은/는} {friend}에게 {thing:을/를} 건네주었습니다.",
  ],
  [
    "둘은 다시 사이좋게 놀았습니다.",
    "{hero:와/과} {friend:은/는} {thing:을/를} 함께 가지고 놀았습니다.",
    "둘은 서로 마주 보고 활짝 웃었습니다.",
  ],
];

const astray: readonly Step[] = [
  [
    "{day} {hero:은/는} 혼자 {place:으로/로} 갔습니다.",
    "{day} {hero:은/는} {food:을/를} 따러 {place}에 갔습니다.",
    "{day} {hero:은/는} {helper:을/를} 따라 {place:으로/로} 갔습니다.",
  ],
  [
    "그런데 그만 길을 잃고 말았습니다.",
    "얼마 지나지 않아 하늘이 어두워졌습니다.",
    "갑자기 비가 쏟아지기 시작했습니다.",
  ],
  [
    "{hero:은/는} 무서워서 {spot}에 숨었습니다.",
    "{hero:은/는} 너무 {sorrow}.",
    "“집에 가고 싶어.” {hero:이/가} 말했습니다.",
  ],
  [
    "그때 {helper} 한 마리가 나타났습니다.",
    "그때 {spot}에서 {helper} 한 마리가 나왔습니다.",
    "“길을 잃었니?” {helper:이/가} 물었습니다.",
  ],
  [
    "“나를 따라오렴.” {helper:이/가} 말했습니다.",
    "{helper:은/는} {hero}에게 집으로 가는 길을 알려 주었습니다.",
    "{helper:은/는} {hero}의 손을 잡아 주었습니다.",
  ],
  [
    "{hero:은/는} {helper:을/를} 따라 집으로 돌아왔습니다.",
    "{hero:은/는} {helper} 덕분에 무사히 집에 도착했습니다.",
    "저 멀리 집의 불빛이 보였습니다.",
  ],
  [
    "{family:이/가} {hero:을/를} 꼭 안아 주었습니다.",
    "{hero:은/는} {helper}에게 {food:을/를} 나누어 주었습니다.",
    "{hero:와/과} {helper:은/는} 좋은 친구가 되었습니다.",
  ],
];

const cook: readonly Step[] = [
  [
    "{day} {hero:은/는} {family:와/과} 함께 시장에 갔습니다.",
    "{day} {family:이/가} {hero}에게 {dish:을/를} 만들자고 했습니다.",
    "{day} {hero:은/는} 배가 몹시 고팠습니다.",
  ],
  [
    "시장에는 {food:이/가} 가득했습니다.",
    "{family:은/는} {food:을/를} 한 봉지 샀습니다.",
    "{hero:은/는} {food:을/를} 하나 집어 먹었습니다.",
  ],
  [
    "{hero:은/는} {family:을/를} 도와 {dish:을/를} 만들었습니다.",
    "{hero:와/과} {family:은/는} 부엌에서 {dish:을/를} 끓였습니다.",
    "집 안에 {dish} 냄새가 솔솔 퍼졌습니다.",
  ],
  [
    "그때 {friend:이/가} 문을 두드렸습니다.",
    "냄새를 맡고 {friend:이/가} 찾아왔습니다.",
    "{hero:은/는} {friend:을/를} 집으로 초대했습니다.",
  ],
  [
    "“같이 먹자!” {hero:이/가} 말했습니다.",
    "“와, 맛있겠다!” {friend:이/가} 말했습니다.",
    "모두 둘러앉아 {dish:을/를} 먹었습니다.",
  ],
  [
    "따뜻한 {dish:은/는} 정말 맛있었습니다.",
    "{friend:은/는} {dish:을/를} 두 그릇이나 먹었습니다.",
    "{hero:은/는} 배도 부르고 {joy}.",
  ],
];

const build: readonly Step[] = [
  [
    "{day} {hero:은/는} {place}에서 {friend:을/를} 만났습니다.",
    "{day} {hero:와/과} {friend:은/는} 심심했습니다.",
    "{season:이/가} 오자 {hero:은/는} {friend:와/과} {place:으로/로} 달려갔습니다.",
  ],
  [
    "“우리 {built:을/를} 만들까?” {friend:이/가} 물었습니다.",
    "“우리 같이 {built:을/를} 만들자!” {hero:이/가} 말했습니다.",
    "둘은 {built:을/를} 만들기로 했습니다.",
  ],
  [
    "{hero:은/는} 재료를 모으고 {friend:은/는} 모양을 다듬었습니다.",
    "둘은 {time}까지 열심히 일했습니다.",
    "{hero:와/과} {friend:은/는} 힘을 합쳐 일했습니다.",
  ],
  [
    "그런데 {built:이/가} 그만 무너지고 말았습니다.",
    "{hero:은/는} {color} {thing:으로/로} {built:을/를} 꾸몄습니다.",
    "지나가던 {helper:이/가} 둘을 도와주었습니다.",
  ],
  [
    "드디어 멋진 {built:이/가} 완성되었습니다.",
    "마침내 둘은 {built:을/를} 다 만들었습니다.",
    "“정말 멋지다!” {friend:이/가} 외쳤습니다.",
  ],
  ["둘은 {built} 옆에서 춤을 추었습니다.", "둘은 {built:을/를} 보며 웃었습니다.", "{hero:은/는} 정말 {joy}."],
];

export interface Plot {
  readonly steps: readonly Step[];
  /** Sentences that may close it. */
  readonly endings: Step;
}

const alone: Step = [
  "그날 밤 {hero:은/는} 기분 좋은 꿈을 꾸었습니다.",
  "{hero:은/는} 오늘을 오래오래 기억했습니다.",
  "{hero:은/는} {family}에게 오늘 있었던 일을 이야기했습니다.",
  "참 즐거운 하루였습니다.",
];

const together: Step = [
  ...alone,
  "{hero:와/과} {friend:은/는} 오래오래 사이좋게 지냈습니다.",
  "그 뒤로 둘은 더욱 친한 친구가 되었습니다.",
  "{hero:은/는} {friend:와/과} 손을 잡고 집으로 돌아갔습니다.",
];

export const PLOTS: readonly Plot[] = [
  ...[lost, gift, seed, learn, quarrel, cook, build].map((steps) => ({ steps, endings: together })),
  { steps: astray, endings: alone },
];
