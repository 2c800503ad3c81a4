import { Button } from "../../ui/controls.tsx";
import type { Fix } from "./fixes.ts";
import { LAYER_KINDS, type LayerKind } from "./layers.ts";
import { KIND_NAMES } from "./names.ts";

/** What was not added, why, and what would make it possible. */
export interface Refused {
  readonly kind: LayerKind;
  readonly reason: string;
  readonly fixes: readonly Fix[];
}

interface PaletteProps {
  refused: Refused | undefined;
  full: boolean;
  /** Number of the layer behind which the next one goes; `undefined` for the end. */
  behind: number | undefined;
  onAdd: (kind: LayerKind) => void;
  onFix: (fix: Fix) => void;
}

/** Every kind of layer; a press puts it behind the open one or at the end, or tells why it cannot stand there. */
export function Palette({ refused, full, behind, onAdd, onFix }: PaletteProps) {
  return (
    <div class="lb-palette">
      <p class="lb-heading">
        {behind === undefined ? "끝에 층 더하기" : `펼쳐 둔 ${behind}번째 층 뒤에 더하기`}
      </p>
      <div class="lb-kinds">
        {LAYER_KINDS.map((kind) => (
          <Button key={kind} disabled={full} onClick={() => onAdd(kind)}>
            {KIND_NAMES[kind]}
          </Button>
        ))}
      </div>
      <div class="lb-refused">
        {refused ? (
          <div class="lb-refusal">
            <p>
              <strong>{KIND_NAMES[refused.kind]}: 이을 수 없습니다.</strong> {refused.reason}
            </p>
            <p class="lb-fixes">
              {refused.fixes.map((fix) => (
                <Button key={fix.label} onClick={() => onFix(fix)}>
                  {fix.label}
                </Button>
              ))}
            </p>
          </div>
        ) : (
          <p class="lb-hint">
            {full
              ? "층을 더 놓을 수 없습니다. 하나를 빼 주세요."
              : "이을 수 없는 층을 누르면 까닭과 고칠 방법을 알려 줍니다."}
          </p>
        )}
      </div>
    </div>
  );
}
