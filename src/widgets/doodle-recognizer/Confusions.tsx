import { josa } from "es-hangul";
import { useMemo } from "preact/hooks";
import { DOODLES } from "../../data/datasets.ts";
import { type Pictures, writePicture } from "../../data/pictures.ts";
import { Button } from "../../ui/controls.tsx";
import { PixelPicture } from "../../ui/PixelPicture.tsx";
import { percent } from "./Bars.tsx";
import { kilobytes } from "./Loading.tsx";
import { HELD_OUT, PICTURES_BYTES } from "./protocol.ts";
import { type Confusion, PIXELS, SIDE, type Survey } from "./recognizer.ts";
import type { RecognizerHandle } from "./use-recognizer.ts";

const NAMES = DOODLES.classes;
/** Pairs that are listed, and drawings shown of each. */
const LISTED = 5;
const SHOWN = 4;

/** What the network takes for what, counted over the drawings it never learned from. */
export function Confusions({ recognizer }: { recognizer: RecognizerHandle }) {
  const { surveying } = recognizer;
  if (surveying.kind === "done") return <Found {...surveying} />;
  if (surveying.kind === "running") {
    const isPictures = surveying.what === "pictures";
    return (
      <div class="dr-survey">
        <p>
          {isPictures
            ? `시험 낙서를 받고 있습니다: ${kilobytes(surveying.done)}`
            : `신경망에 넣어 보고 있습니다: ${surveying.done} / ${surveying.total}장`}
        </p>
        <progress
          max={Math.max(1, surveying.total)}
          value={surveying.done}
          aria-label={isPictures ? "받은 낙서" : "넣어 본 낙서"}
        />
      </div>
    );
  }
  return (
    <div class="dr-survey">
      <p role={surveying.kind === "failed" ? "alert" : undefined}>
        {surveying.kind === "failed"
          ? surveying.message
          : `훈련에 쓰지 않은 시험 낙서 ${HELD_OUT}장을 모두 넣어, 무엇을 무엇과 헷갈리는지 셉니다.`}
      </p>
      <Button onClick={recognizer.survey}>
        {surveying.kind === "failed" ? "다시 재기" : `헷갈리는 낱말 찾기 (${kilobytes(PICTURES_BYTES)})`}
      </Button>
    </div>
  );
}

function Found({ survey, pictures }: { survey: Survey; pictures: Pictures }) {
  const perClass = survey.perClass.map(({ count, right }) => right / count);
  const at = (share: number) => NAMES[perClass.indexOf(share)]!;
  const [best, worst] = [Math.max(...perClass), Math.min(...perClass)];
  return (
    <section class="dr-found" aria-label="헷갈리는 낱말">
      <p>
        시험 낙서 {survey.count}장 가운데 {percent(survey.accuracy, 1)}를 첫째로 맞혔고,{" "}
        {percent(survey.topFive, 1)}는 다섯째 안에 있었습니다. 가장 잘 맞힌 것은 {at(best)}({percent(best)}),
        가장 못 맞힌 것은 {at(worst)}({percent(worst)})입니다.
      </p>
      <ol>
        {survey.confusions.slice(0, LISTED).map((confusion) => (
          <li key={`${confusion.right}-${confusion.answered}`}>
            <span>
              {josa(NAMES[confusion.right]!, "을/를")} {josa(NAMES[confusion.answered]!, "이라/라")}고{" "}
              {confusion.count}번
            </span>
            <Mistaken confusion={confusion} pictures={pictures} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Mistaken({ confusion, pictures }: { confusion: Confusion; pictures: Pictures }) {
  const shown = useMemo(
    () =>
      confusion.pictures.slice(0, SHOWN).map((index) => {
        const values = new Float32Array(PIXELS);
        writePicture(pictures, index, values);
        return { index, values };
      }),
    [confusion, pictures],
  );
  return (
    <span class="dr-mistaken">
      {shown.map(({ index, values }) => (
        <PixelPicture
          key={index}
          values={values}
          rows={SIDE}
          columns={SIDE}
          label={`시험 낙서 ${index + 1}번`}
        />
      ))}
    </span>
  );
}
