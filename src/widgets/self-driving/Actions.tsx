import type { ComponentChildren } from "preact";
import { Button } from "../../ui/controls.tsx";
import { CORRECTED } from "./drive.ts";
import type { DriverHandle } from "./use-driver.ts";
import type { RideHandle } from "./use-ride.ts";

export interface ActionsProps {
  readonly ride: RideHandle;
  readonly driver: DriverHandle;
  /** Time passes only when asked to. */
  readonly still: boolean;
  /** Whether there is anything to learn from. */
  readonly recorded: boolean;
  readonly onPass: () => void;
  readonly onDemonstrate: () => void;
  readonly onLearn: (fresh: boolean) => void;
  readonly onCorrect: () => void;
}

const SHOVE = { left: 1.6, turned: 0.15 } as const;

/** The four acts in their order: show, learn, let drive, correct. */
export function Actions(props: ActionsProps) {
  const { ride, driver } = props;
  if (ride.pilot) return <Riding {...props} />;
  const busy = driver.task !== "idle";
  return (
    <div class="sd-stack">
      {busy && (
        <div class="sd-actions">
          <Button kind="primary" onClick={driver.stop}>
            멈추기
          </Button>
        </div>
      )}
      <Acts {...props} busy={busy} />
    </div>
  );
}

/** While the network is busy they keep their place unseen, so that nothing below them moves. */
function Acts(props: ActionsProps & { readonly busy: boolean }) {
  const { ride, driver, recorded, busy } = props;
  const hasNetwork = driver.steps > 0;
  return (
    <ol class="sd-acts" data-busy={busy ? "" : undefined}>
      <Act name="보여 주기">
        <Button kind={recorded ? "plain" : "primary"} onClick={() => ride.start("own")}>
          직접 운전
        </Button>
        <Button kind={recorded ? "plain" : "primary"} onClick={() => ride.start("model")}>
          시범 운전
        </Button>
        <Button onClick={props.onDemonstrate}>시범 30초 바로 기록</Button>
      </Act>
      <Act name="배우기">
        <Button
          kind={recorded && !hasNetwork ? "primary" : "plain"}
          disabled={!recorded}
          onClick={() => props.onLearn(!hasNetwork)}
        >
          {hasNetwork ? "이어서 배우기" : "배우기"}
        </Button>
        {hasNetwork && (
          <Button disabled={!recorded} onClick={() => props.onLearn(true)}>
            새로 배우기
          </Button>
        )}
      </Act>
      <Act name="맡기기">
        <Button
          kind={hasNetwork ? "primary" : "plain"}
          disabled={!hasNetwork}
          onClick={() => ride.start("network")}
        >
          신경망에게 맡기기
        </Button>
      </Act>
      <Act name="바로잡기">
        <Button disabled={!hasNetwork} onClick={props.onCorrect}>
          {`이 길 ${CORRECTED} m에서 바로잡은 기록 모으기`}
        </Button>
      </Act>
    </ol>
  );
}

function Act({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <li>
      <span class="sd-act">{name}</span>
      <div class="sd-actions">{children}</div>
    </li>
  );
}

function Riding({ ride, still, onPass }: ActionsProps) {
  return (
    <div class="sd-riding">
      <div class="sd-actions">
        <Button kind="primary" onClick={ride.stop}>
          멈추기
        </Button>
        {still && <Button onClick={onPass}>0.5초 앞으로</Button>}
        {ride.pilot !== "own" && (
          <>
            <Button onClick={() => ride.push(SHOVE)}>왼쪽으로 밀기</Button>
            <Button onClick={() => ride.push({ left: -SHOVE.left, turned: -SHOVE.turned })}>
              오른쪽으로 밀기
            </Button>
          </>
        )}
      </div>
      {ride.pilot !== "model" && (
        <div class="sd-actions sd-wheel-buttons">
          <Hold ride={ride} direction={1} onPass={still ? onPass : undefined}>
            ◀ 왼쪽
          </Hold>
          <Hold ride={ride} direction={-1} onPass={still ? onPass : undefined}>
            오른쪽 ▶
          </Hold>
        </div>
      )}
    </div>
  );
}

/** Steers as long as it is held, by finger, mouse or key. */
function Hold({
  ride,
  direction,
  onPass,
  children,
}: {
  ride: RideHandle;
  direction: 1 | -1;
  onPass: (() => void) | undefined;
  children: ComponentChildren;
}) {
  const hold = () => {
    ride.hands.key(direction);
    onPass?.();
  };
  const release = () => ride.hands.key(0);
  const isPress = (event: KeyboardEvent) => event.key === " " || event.key === "Enter";
  return (
    <button
      type="button"
      class="ui-button sd-hold"
      onPointerDown={hold}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onKeyDown={(event) => isPress(event) && hold()}
      onKeyUp={(event) => isPress(event) && release()}
      onBlur={release}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
    </button>
  );
}
