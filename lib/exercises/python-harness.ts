import { PYTHON_STAGE } from "./python-stage";

/**
 * Runs and tests a learner's program, inside Python: a namespace of its own each time, output kept short, errors told with
 * the learner's lines only. `run` and `test` take and return JSON; `emit` gets output as it is printed.
 */
export const PYTHON_HARNESS = `
import ast, asyncio, builtins, inspect, io, json, linecache, sys, time, traceback, types

CODE, SETUP, TEST = "your_code.py", "given.py", "test.py"
OURS = (CODE, SETUP, TEST)
MAX_OUTPUT, MAX_TEXT = 20_000, 4_000


${PYTHON_STAGE}

AWAITING = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


async def execute(source, filename, names, mode="exec"):
    """source is text, or a tree of the text that linecache has already."""
    if isinstance(source, str):
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    code = compile(source, filename, mode, flags=AWAITING, dont_inherit=True)
    value = eval(code, names)
    return await value if code.co_flags & inspect.CO_COROUTINE else value


def fresh():
    return {"__name__": "__main__", "__builtins__": builtins}


def short(text, limit=MAX_TEXT):
    return text if len(text) <= limit else text[:limit] + " …"


def show(value):
    try:
        return short(repr(value))
    except Exception as error:
        return f"<a {type(value).__name__} whose repr raises {type(error).__name__}>"


def keep_ours(story, seen=()):
    if story is None or story in seen:
        return
    story.stack = traceback.StackSummary.from_list([frame for frame in story.stack if frame.filename in OURS])
    keep_ours(story.__cause__, (*seen, story))
    keep_ours(story.__context__, (*seen, story))


def last_line(error):
    if isinstance(error, SyntaxError) and error.filename in OURS:
        return (error.lineno, error.offset) if error.filename == CODE else (None, None)
    lines = [number for frame, number in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == CODE]
    return (lines[-1] if lines else None, None)


def describe(error):
    line, column = last_line(error)
    try:
        story = traceback.TracebackException.from_exception(error, compact=True)
        keep_ours(story)
        trace, message = "".join(story.format()), "".join(story.format_exception_only())
    except Exception:
        trace, message = "", type(error).__name__
    if isinstance(error, SyntaxError):
        message = f"{type(error).__name__}: {error.msg}"
    if isinstance(error, SystemExit):
        message = "SystemExit: the program ended itself"
    return {"message": short(message.strip(), 600), "trace": short(trace.rstrip()), "line": line, "column": column}


async def run(spec_json, emit):
    """Runs the program once, then the example's call, or shows the value of its last line."""
    spec = json.loads(spec_json)
    answer = {"call": None, "value": None, "missing": None, "error": None, "asks": None}
    names, stage = fresh(), Stage(spec["lines"], emit)
    async with stage:
        try:
            await execute(spec["setup"], SETUP, names)
            value = await execute_showing(spec["code"], names)
            if spec["call"]:
                await show_example(spec["call"], names, answer)
            elif value is not None:
                answer["value"] = show(value)
        except BaseException as error:
            if stage.keyboard.unanswered is not None:
                raise
            answer["error"] = describe(error)
    asks = stage.keyboard.unanswered
    return json.dumps(answer if asks is None else {key: None for key in answer} | {"asks": asks})


async def show_example(call, names, answer):
    """A name that the call needs and the program has not made yet is no error of the program."""
    answer["call"] = call
    try:
        answer["value"] = show(await execute(call, TEST, names, "eval"))
    except NameError as error:
        if last_line(error) != (None, None):
            raise
        answer["missing"] = error.name


async def execute_showing(source, names):
    """Like a console: when the last line is an expression, its value is the answer."""
    linecache.cache[CODE] = (len(source), None, source.splitlines(True), CODE)
    tree = compile(source, CODE, "exec", ast.PyCF_ONLY_AST | AWAITING, dont_inherit=True)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    await execute(tree, CODE, names)
    return await execute(ast.Expression(last.value), CODE, names, "eval") if last else None


async def test(spec_json, emit):
    """Not begun: the program ended before what the test asks of it, as it does before each of the others."""
    spec = json.loads(spec_json)
    report = {"passed": False, "began": False, "input": "", "expected": "", "got": "", "message": None, "error": None}
    async with Stage(None) as screen:
        try:
            compile(spec["code"], CODE, "exec", AWAITING, dont_inherit=True)
            report["began"] = True
            await (test_suite if spec["kind"] == "tests" else test_value)(spec, report)
        except BaseException as error:
            report["error"] = describe(error)
    report["output"] = screen.text()
    return json.dumps(report)


async def test_value(spec, report):
    names, wanted = fresh(), spec["raises"]
    report["input"] = (spec["setup"] or spec["call"]).strip()
    report["expected"] = f"raises {wanted}" if wanted else spec["expect"].strip()
    await execute(spec["fixture"], SETUP, names)
    await execute(spec["setup"], SETUP, names)
    try:
        # Before every call alike. A script's given names differ from test to test.
        report["began"] = spec["kind"] == "script"
        await execute(spec["code"], CODE, names)
        report["began"] = True
        got = await execute(spec["call"], TEST, names, "eval")
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        report["got"] = f"raises {type(error).__name__}"
        report["passed"] = wanted is not None and type(error) is exception_named(wanted, names)
        if not report["passed"]:
            report["error"] = describe(error)
        return
    report["got"] = show(got)
    if wanted:
        return
    want = await execute(spec["expect"], TEST, names, "eval")
    report["expected"] = show(want)
    report["passed"] = type(got) is type(want) and bool(got == want)
    if not report["passed"] and report["got"] == report["expected"]:
        report["got"] += f" (a {type(got).__name__}, not a {type(want).__name__})"


def exception_named(name, names):
    try:
        return eval(name, dict(names))
    except Exception:
        return None


async def test_suite(spec, report):
    """Runs the learner's tests against one version; a broken one must make at least one of them fail."""
    # Here, not above: it takes a tenth of the time until Python is ready, and few exercises are about tests.
    import unittest

    names = fresh()
    await execute(spec["version"], SETUP, names)
    known = set(names)
    await execute(spec["code"], CODE, names)
    tests = collect(names, known)
    if spec["backwards"]:
        tests.reverse()
    failed = []
    for name, start in tests:
        try:
            value = start()
            if inspect.isawaitable(value):
                await value
        except KeyboardInterrupt:
            raise
        except unittest.SkipTest:
            pass
        except BaseException as error:
            failed.append((name, error))
            if not spec["broken"]:
                break
    if spec["broken"]:
        report["passed"] = bool(failed)
        report["message"] = None if failed else "Your tests pass on this broken version."
    elif not tests:
        report["message"] = "There is no test: name a function test_…, or write a unittest.TestCase."
    elif failed:
        name, error = failed[0]
        report["message"] = f"{name} fails, though the version is right."
        report["error"] = describe(error)
    else:
        report["passed"] = True


def collect(names, known):
    import unittest

    tests = []
    for name, value in list(names.items()):
        if name in known:
            continue
        if name.startswith("test") and inspect.isfunction(value):
            tests.append((name, value))
        elif isinstance(value, type) and issubclass(value, unittest.TestCase) and value.__module__ == "__main__":
            for method in unittest.defaultTestLoader.getTestCaseNames(value):
                tests.append((f"{name}.{method}", starter_of(value, method)))
    return tests


def starter_of(case, method):
    return lambda: run_case(case(method))


def run_case(case):
    import unittest

    result = unittest.TestResult()
    errors = []
    result.addError = lambda test, failure: errors.append(failure[1])
    result.addFailure = lambda test, failure: errors.append(failure[1])
    result.addSubTest = lambda test, part, failure: errors.append(failure[1]) if failure else None
    result.addUnexpectedSuccess = lambda test: errors.append(AssertionError("unexpected success"))
    case.run(result)
    if errors:
        raise errors[0]
`;
