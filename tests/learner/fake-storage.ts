/** A `Storage` in memory that can be full or blocked, and that tells other tabs like a browser does. */
export class FakeStorage implements Storage {
  readonly items = new Map<string, string>();
  readonly tabs: EventTarget[] = [];
  full = false;
  blocked = false;
  writes = 0;

  get length(): number {
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    this.check();
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.check();
    if (this.full) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    this.writes += 1;
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.check();
    this.items.delete(key);
  }

  clear(): void {
    this.items.clear();
  }

  /** Delivers the event that every *other* tab of a browser gets after a write. */
  announce(key: string | null, to: EventTarget): void {
    to.dispatchEvent(Object.assign(new Event("storage"), { key }));
  }

  private check(): void {
    if (this.blocked) throw new DOMException("The operation is insecure.", "SecurityError");
  }
}
