import type { Terminal } from '../../../../src/main/cli/terminal.ts';

export interface TestTerminal extends Terminal {
  /** What was written to stdout. */
  readonly output: () => string;
  readonly errors: () => string;
  readonly questions: string[];
}

interface Setting {
  readonly env?: Record<string, string>;
  /** What a person types, in order; their being there makes the terminal interactive. */
  readonly typed?: readonly string[];
  readonly stdin?: string;
}

/** A terminal of a test: it remembers what was written and answers what is asked. */
export function terminalForTest({ env = {}, typed, stdin = '' }: Setting = {}): TestTerminal {
  const written: Buffer[] = [];
  const complaints: string[] = [];
  const questions: string[] = [];
  const answers = [...(typed ?? [])];
  const ask = async (question: string) => {
    questions.push(question);
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`Nobody answers: ${question}`);
    return answer;
  };
  return {
    env,
    isInteractive: typed !== undefined,
    stdoutIsTerminal: typed !== undefined,
    hasColour: false,
    out: (text) => written.push(Buffer.from(text)),
    err: (text) => complaints.push(text),
    readStdin: async () => Buffer.from(stdin),
    ask,
    askSecret: ask,
    output: () => Buffer.concat(written).toString('utf8'),
    errors: () => complaints.join(''),
    questions,
  };
}
