import type { CheckedSentence } from "./story.ts";

/** Every sentence the network closed, read with the grammar its stories were drawn from. */
export function Sentences({ sentences }: { sentences: readonly CheckedSentence[] }) {
  const right = sentences.filter(({ grammatical }) => grammatical).length;
  return (
    <details class="kg-sentences">
      <summary>
        문장 검사: 마친 문장 {sentences.length}개 가운데 {right}개가 이야기 문법에 맞습니다
      </summary>
      <ul>
        {sentences.map(({ text, grammatical }, i) => (
          <li key={`${i} ${text}`} class={grammatical ? "kg-right" : "kg-wrong"}>
            <span>{grammatical ? "맞음" : "없음"}</span> {text}
          </li>
        ))}
      </ul>
      <p class="kg-hint">
        ‘맞음’은 훈련용 동화를 지은 문법으로 만들 수 있는 문장이라는 뜻입니다. 그 문법은 작아서, 바른
        한국어인데도 ‘없음’이 될 수 있습니다. 신경망은 이 문법을 본 적이 없고 동화만 읽었습니다.
      </p>
    </details>
  );
}
