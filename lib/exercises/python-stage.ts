/** What a program meets while it runs: a screen that is kept, a keyboard whose lines were typed beforehand. A part of the harness, after its imports. */
export const PYTHON_STAGE = String.raw`class NeedsInput(BaseException):
    """Ends a program whose question nobody has answered yet."""


def halt(code, line):
    if code.co_filename in OURS:
        raise NeedsInput
    return sys.monitoring.DISABLE


# While it watches, no line of the learner's runs: else a bare except would take the question for an error of its own.
WATCH, LINE = 4, sys.monitoring.events.LINE
sys.monitoring.use_tool_id(WATCH, "lectern")
sys.monitoring.register_callback(WATCH, LINE, halt)


class Screen(io.TextIOBase):
    """What is printed, up to MAX_OUTPUT characters; told to emit in pieces."""

    def __init__(self, emit=None):
        self.emit, self.kept, self.waiting, self.size, self.told = emit, [], [], 0, time.monotonic()

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        room = MAX_OUTPUT - self.size
        if room >= 0:
            piece = text[:room]
            self.size += len(text)
            if len(text) > room:
                piece += "\n… the rest of the output is left out\n"
            self.kept.append(piece)
            self.waiting.append(piece)
            if self.emit and (len(self.waiting) > 40 or time.monotonic() - self.told > 0.05):
                self.flush()
        return len(text)

    def flush(self):
        if self.emit and self.waiting:
            self.emit("".join(self.waiting))
        self.waiting, self.told = [], time.monotonic()

    def text(self):
        return "".join(self.kept)


class Complaints(io.TextIOBase):
    """stderr: on the same screen, each line marked, so that what is printed and what is complained about are told apart."""

    def __init__(self, screen):
        self.screen, self.begins = screen, True

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            return self.screen.write(text)
        for line in text.splitlines(True):
            self.screen.write("stderr: " + line if self.begins else line)
            self.begins = line.endswith("\n")
        return len(text)

    def flush(self):
        self.screen.flush()


class Keyboard(io.TextIOBase):
    """Lines typed beforehand. None: a test, where nobody types."""

    def __init__(self, lines, screen):
        self.lines, self.screen, self.unanswered = lines, screen, None

    def readable(self):
        return True

    def readline(self, size=-1):
        return self.ask("") + "\n"

    def ask(self, prompt=""):
        question = str(prompt)
        self.screen.write(question)
        if self.lines is None:
            raise EOFError("input() cannot be answered while tests run")
        if not self.lines:
            if self.unanswered is None:
                self.unanswered = question
            sys.monitoring.set_events(WATCH, LINE)
            raise NeedsInput
        line = self.lines.pop(0)
        self.screen.write(line + "\n")
        return line


class Stage:
    """Puts screen and keyboard in place, and afterwards ends what was left running."""

    def __init__(self, lines, emit=None):
        self.screen = Screen(emit)
        self.keyboard = Keyboard(lines, self.screen)

    async def __aenter__(self):
        self.before = sys.stdout, sys.stderr, sys.stdin, builtins.input
        sys.stdout, sys.stderr = self.screen, Complaints(self.screen)
        sys.stdin, builtins.input = self.keyboard, self.keyboard.ask
        self.tasks = asyncio.all_tasks()
        return self.screen

    async def __aexit__(self, *_):
        sys.monitoring.set_events(WATCH, 0)
        left = [task for task in asyncio.all_tasks() - self.tasks if task is not asyncio.current_task()]
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=0.2)
        self.screen.flush()
        sys.stdout, sys.stderr, sys.stdin, builtins.input = self.before
        return self.keyboard.unanswered is not None
`;
