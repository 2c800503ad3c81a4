import { useMemo, useRef, useState } from "preact/hooks";
import { VOICE_RATE } from "../../data/voice.ts";
import { Button, Segmented, Slider } from "../../ui/controls.tsx";
import { Detector } from "./Detector.tsx";
import { play } from "./microphone.ts";
import { type Finding, percent } from "./results.ts";
import { LOUD, SCENES, type Scene } from "./scenes.ts";
import type { VoiceState } from "./state.ts";
import { decibelText, louderText, SCENE_NAMES } from "./text.ts";
import type { VoiceHandle } from "./use-voice.ts";

const OPTIONS = SCENES.map((value) => ({ value, label: SCENE_NAMES[value] }));

export interface FindProps {
  readonly voice: VoiceHandle;
  readonly state: VoiceState;
  readonly scene: Scene;
  readonly findings: readonly Finding[];
  readonly set: (patch: Partial<VoiceState>) => void;
  readonly onHear: () => void;
}

/** Where is speech? Supplied sounds, the network's answer and that of a mere switch of loudness. */
export function Find({ voice, state, scene, findings, set, onHear }: FindProps) {
  const latest = useMemo(
    () => SCENES.flatMap((id) => findings.findLast((finding) => finding.scene === id) ?? []),
    [findings],
  );
  return (
    <div class="vl-find">
      <Segmented
        label="본보기 소리"
        value={state.scene}
        options={OPTIONS}
        onChange={(next) => set({ scene: next })}
      />
      {state.scene === "mixed" && (
        <Slider
          label="말소리가 소음보다"
          value={state.decibels}
          min={-10}
          max={30}
          step={1}
          format={louderText}
          onInput={(decibels) => set({ decibels })}
        />
      )}
      <div class="vl-buttons">
        <Button onClick={onHear}>다시 들려주기</Button>
        <Listen signal={scene.signal}>내 귀로 듣기</Listen>
        <Button onClick={() => set({ seed: (state.seed % 9999) + 1 })}>다른 목소리로</Button>
      </div>
      <Detector voice={voice} />
      <table class="vl-table">
        <caption>말소리라고 한 시간의 비율</caption>
        <thead>
          <tr>
            <th scope="col">언제</th>
            <th scope="col">신경망</th>
            <th scope="col">크기만 ({decibelText(LOUD)})</th>
          </tr>
        </thead>
        <tbody>
          {latest.length === 0 && (
            <tr>
              <th scope="row">아직 없음</th>
              <td>–</td>
              <td>–</td>
            </tr>
          )}
          {latest.flatMap(({ scene: id, decibels, network, loudness }) =>
            (["hits", "false"] as const)
              .filter((kind) => !Number.isNaN(network[kind]))
              .map((kind) => (
                <tr key={`${id} ${kind}`}>
                  <th scope="row">
                    {id === "mixed" ? `${SCENE_NAMES.mixed} (${decibelText(decibels)})` : SCENE_NAMES[id]}
                    <small>{kind === "hits" ? "말하는 때" : "말 아닌 때"}</small>
                  </th>
                  <td>{percent(network[kind])}</td>
                  <td>{percent(loudness[kind])}</td>
                </tr>
              )),
          )}
        </tbody>
      </table>
      <p class="vl-note">
        말하는 때는 높을수록, 말 아닌 때는 낮을수록 잘한 것입니다. 본보기의 말은 이 강의가 합성한 모음
        낱말이어서, 말하는 때가 언제인지 정확히 압니다. Silero VAD(Silero Team, MIT)는 다른 사람들이 훈련한
        신경망이고 배운 녹음은 공개되어 있지 않습니다. 그래서 이 표가 진짜 목소리에서의 성적은 아닙니다.
      </p>
    </div>
  );
}

/** Plays a sound to the learner, and stops it. */
export function Listen({ signal, children }: { signal: Float32Array<ArrayBuffer>; children: string }) {
  const stop = useRef<() => void>(undefined);
  const [playing, setPlaying] = useState(false);
  return (
    <Button
      onClick={() => {
        if (playing) {
          stop.current?.();
          return;
        }
        setPlaying(true);
        stop.current = play(signal, VOICE_RATE, () => setPlaying(false));
      }}
    >
      {playing ? "듣기 멈춤" : children}
    </Button>
  );
}
