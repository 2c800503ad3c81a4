import { LENGTHS, type NumberNetworkKind } from "../../models/number-network.ts";
import { Button, Segmented } from "../../ui/controls.tsx";
import { KINDS, TESTED, type TranslatorFrame } from "./experiment.ts";
import type { TranslatorState } from "./state.ts";
import { KIND_TITLES, percent } from "./words.ts";

const WAYS = [
  { value: "read", label: "숫자 → 읽기" },
  { value: "write", label: "읽기 → 숫자" },
] as const;

export interface AccuracyProps {
  frame: TranslatorFrame;
  way: TranslatorState["way"];
  onWay: (way: TranslatorState["way"]) => void;
  onTest: () => void;
}

/** Share of numbers never trained on that are translated to the last symbol, by their length. */
export function Accuracy({ frame, way, onWay, onTest }: AccuracyProps) {
  const { tested, trainedTo } = frame;
  const find = (kind: NumberNetworkKind, digits: number) =>
    tested.find((one) => one.kind === kind && one.direction === way && one.digits === digits);
  const kindOf = (digits: number) => (digits <= trainedTo ? "훈련한 길이" : "더 긴 수");
  return (
    <div class="nt-accuracy">
      <p class="nt-heading">처음 보는 수를 얼마나 맞힐까요</p>
      <div class="nt-tools">
        <Segmented label="방향" value={way} options={WAYS} onChange={onWay} />
        <Button onClick={onTest}>시험 보기</Button>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">길이</th>
            {KINDS.map((kind) => (
              <th key={kind} scope="col">
                {KIND_TITLES[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LENGTHS.map((digits) => (
            <tr key={digits}>
              <th scope="row">
                {digits}자리 <small>{trainedTo === 0 ? "" : kindOf(digits)}</small>
              </th>
              {KINDS.map((kind) => {
                const found = find(kind, digits);
                return (
                  <td key={kind}>
                    <span class="nt-line" aria-hidden="true">
                      <span style={{ inlineSize: found ? `${100 * found.share}%` : "0" }} />
                    </span>
                    <span>{found ? percent(found.share) : "–"}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="nt-note">
        훈련에 쓰지 않고 남겨 둔 수를 길이마다 {TESTED}개까지 넣어 봅니다. 두 자리는 남겨 둔 수가 아홉
        개뿐입니다. 한 글자라도 틀리면 틀린 것입니다. 훈련하는 동안에는 조금씩 새로 잽니다.
      </p>
    </div>
  );
}
