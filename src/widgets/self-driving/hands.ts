/** The learner's hands: keys and buttons that are held, or a finger that shows how far. */

/** How far a held key turns the wheels, as a share of the greatest angle, and how fast, in shares a second. */
const KEY_ANGLE = 0.4;
const KEY_RATE = 1.2;
/** How far a finger at the edge of the window turns them. */
const POINTER_ANGLE = 0.7;

export class Hands {
  /** The wheels' angle that is asked for, −1 (right) to 1 (left). */
  angle = 0;
  #held: -1 | 0 | 1 = 0;
  #pointer: number | undefined;

  /** Whether anything is held. */
  get hold(): boolean {
    return this.#held !== 0 || this.#pointer !== undefined;
  }

  /** A key or button goes down (1 left, −1 right) or up (0). */
  key(direction: -1 | 0 | 1): void {
    this.#held = direction;
  }

  /** A finger on the window: −1 at its left edge, 1 at its right; `undefined` when it leaves. */
  point(across: number | undefined): void {
    this.#pointer = across === undefined ? undefined : Math.max(-1, Math.min(1, across));
  }

  /** So many seconds pass: a held key turns the wheel little by little, a finger at once. */
  pass(seconds: number): void {
    if (this.#pointer !== undefined) {
      this.angle = -this.#pointer * POINTER_ANGLE;
      return;
    }
    const wanted = this.#held * KEY_ANGLE;
    // Toward the middle the wheel springs back faster.
    const rate = (wanted === 0 || wanted * this.angle < 0 ? 2 : 1) * KEY_RATE * seconds;
    this.angle += Math.max(-rate, Math.min(rate, wanted - this.angle));
  }
}
