import { useId, useState } from "preact/hooks";
import { Button } from "./controls.tsx";
import { embedCode, shareLink } from "./widget-links.ts";

/** The link to a widget's present state and its embed code. Rendered only in the browser. */
export function SharePanel(props: {
  widget: string;
  /** Id of the widget's place on its page. */
  place: string;
  title: string;
  encoded: string;
}) {
  const { widget, place, title, encoded } = props;
  const address = shareLink(location.origin, widget, encoded, place);
  const [message, setMessage] = useState("");
  const copy = async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setMessage(done);
    } catch {
      setMessage("자동으로 복사하지 못했습니다. 칸의 글을 직접 복사해 주세요.");
    }
  };
  const send = async () => {
    try {
      await navigator.share({ title, url: address });
    } catch {
      setMessage("공유를 마치지 않았습니다.");
    }
  };
  return (
    <div class="widget-share">
      <Copyable
        label="지금 설정의 링크"
        text={address}
        onCopy={() => copy(address, "링크를 복사했습니다.")}
      />
      <Copyable
        label="다른 페이지에 넣는 코드"
        text={embedCode(location.origin, widget, encoded)}
        onCopy={() => copy(embedCode(location.origin, widget, encoded), "코드를 복사했습니다.")}
      />
      {"share" in navigator && <Button onClick={send}>앱으로 보내기</Button>}
      <p role="status">{message}</p>
    </div>
  );
}

function Copyable({ label, text, onCopy }: { label: string; text: string; onCopy: () => void }) {
  const id = useId();
  return (
    <div class="widget-copy">
      <label for={id}>{label}</label>
      <input id={id} readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
      <Button label={`${label} 복사`} onClick={onCopy}>
        복사
      </Button>
    </div>
  );
}
