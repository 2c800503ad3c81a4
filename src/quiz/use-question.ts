import { useEffect, useState } from "preact/hooks";
import { type AnswerRecord, learner } from "../learner/index.ts";
import { gradeResponse, type QuestionGrade, type Response, unreadable } from "./grade-response.ts";
import type { Question } from "./question.ts";
import { warmUp } from "./warm.ts";

export interface QuestionState {
  /** Whether the page is alive and the learner's record has been read. */
  readonly ready: boolean;
  /** What was answered before, to fill the form with; changes once, when the record is read. */
  readonly restored: Response | undefined;
  readonly grade: QuestionGrade | undefined;
  /** The graded answer. */
  readonly response: Response | undefined;
  /** Attempts so far. */
  readonly attempts: number;
  readonly overridden: boolean;
  readonly revealed: boolean;
  /** Tells the learner why nothing was graded. */
  readonly complaint: string | undefined;
  submit(response: Response): void;
  reveal(): void;
  /** The learner judges the answer to be right. */
  override(): void;
}

/** One question's life: answers graded, kept in the learner's record and found again after a reload. */
export function useQuestion(question: Question): QuestionState {
  const { id, version } = question;
  const [ready, setReady] = useState(false);
  const [kept, setKept] = useState<AnswerRecord>();
  const [restored, setRestored] = useState<Response>();
  const [complaint, setComplaint] = useState<string>();

  useEffect(() => {
    learner.load();
    const before = learner.answer(id);
    setReady(true);
    if (before === undefined) return;
    setRestored(before.response);
    // A question that was rewritten shows the old words, but not the old verdict.
    if (before.version === version) setKept(before);
  }, [id, version]);

  useEffect(() => warmUp(question), [question]);

  const keep = (answer: AnswerRecord) => {
    setKept(answer);
    learner.saveAnswer(id, answer);
  };
  const change = (patch: Partial<AnswerRecord>) => {
    if (kept) keep({ ...kept, ...patch, at: new Date().toISOString() });
  };

  const attempts = kept?.attempts ?? 0;
  return {
    ready,
    restored,
    attempts,
    grade: kept && regrade(question, kept),
    response: kept?.response,
    overridden: kept?.overridden ?? false,
    revealed: kept?.revealed ?? false,
    complaint,
    submit: (response) => {
      const problem = unreadable(question, response);
      setComplaint(problem);
      if (problem !== undefined) return;
      keep({
        version,
        response,
        verdict: gradeResponse(question, response, attempts).verdict,
        attempts: attempts + 1,
        overridden: false,
        revealed: kept?.revealed ?? false,
        at: new Date().toISOString(),
      });
    },
    reveal: () => change({ revealed: true }),
    override: () => change({ overridden: true }),
  };
}

/** The same answer has the same grade, so that only the answer is kept. */
function regrade(question: Question, { response, attempts }: AnswerRecord): QuestionGrade {
  return gradeResponse(question, response, Math.max(0, attempts - 1));
}
