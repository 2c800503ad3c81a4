import { useState } from "preact/hooks";
import { Button } from "../../ui/controls.tsx";

/** A passage to take along, with a button that copies it. Without a script the passage can still be selected. */
export function CopyText({ text }: { text: string }) {
  const [message, setMessage] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setMessage("복사했습니다. 쓰고 싶은 곳에 붙여 넣으세요.");
    } catch {
      setMessage("자동으로 복사하지 못했습니다. 글을 손으로 골라 복사해 주세요.");
    }
  };
  return (
    <div class="copy-text">
      <blockquote>{text}</blockquote>
      <Button onClick={copy}>문장 복사</Button>
      <p role="status">{message}</p>
    </div>
  );
}
