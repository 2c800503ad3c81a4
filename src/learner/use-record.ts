import { useEffect, useState } from "preact/hooks";
import { learner } from "./index.ts";
import { EMPTY_RECORD, type LearnerRecord } from "./record.ts";

/**
 * The learner's record for a view. It stays empty through the first render, even when another island has loaded
 * it already: hydration takes over the server's attributes unread, so that the first render must equal the
 * server's.
 */
export function useRecord(): LearnerRecord {
  const [mounted, setMounted] = useState(false);
  useEffect(() => {
    learner.load();
    setMounted(true);
  }, []);
  const record = learner.record.value;
  return mounted ? record : EMPTY_RECORD;
}
