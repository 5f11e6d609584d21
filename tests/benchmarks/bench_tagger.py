"""Times the tagger from text to spans, against natasha.

Timed: ``index.tagger.tag`` over all articles, with nothing kept (a model just loaded) and with
the words of the articles kept from the run before, as in a long run over news.
Reference: natasha, ``Doc.segment`` and ``Doc.tag_ner`` (NewsNERTagger) of each article.
Corpus: the demo articles, title and text; or other JSONL files with ``title`` and ``text``.
Runs of the three take turns; each figure is the median, each ratio the median of the ratios
within one turn, with the lowest and the highest in brackets. The tags are compared first.
Memory is the peak of a process that does nothing but tag, some ten times the articles.

    python tests/benchmarks/bench_tagger.py [articles.jsonl …]
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import json
import platform
import resource
import subprocess
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from statistics import median
from time import perf_counter

TURNS = 7


def articles(paths: list[str]) -> list[str]:
    found = map(Path, paths) if paths else sorted((files("index") / "demo").glob("*.jsonl"))
    rows = [json.loads(line) for path in found for line in path.read_text("utf-8").splitlines()]
    return ["\n\n".join(filter(None, [row.get("title"), row["text"]])) for row in rows]


def seconds(run) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def in_process_of_its_own(task: str, paths: list[str]) -> float:
    command = [sys.executable, __file__, task, *paths]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def load_own() -> float:
    def load():
        from index.tagger import Model

        Model()

    return seconds(load)


def load_natasha() -> float:
    def load():
        from natasha import NewsEmbedding, NewsNERTagger

        NewsNERTagger(NewsEmbedding())

    return seconds(load)


def peak_megabytes(paths: list[str]) -> float:
    from index.tagger import tag

    for _ in tag(articles(paths) * 10):
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def check_tags(texts: list[str], reference) -> int:
    """The number of tokens whose tags were compared.

    :raise SystemExit: a tag differs.
    """
    import razdel

    from index.tagger import Model

    forms = [[token.text for token in razdel.tokenize(text)] for text in texts]
    infer = reference.infer
    for words, tags in zip(forms, Model().tags(forms)):
        if words and tags != next(infer.decoder(infer.process(infer.encoder([words])))):
            sys.exit(f"tags differ from slovnet's in the article that begins {words[:10]}")
    return sum(map(len, forms))


def report(name: str, times: list[float], reference: list[float], n_tokens: int) -> None:
    line = f"{name:<22} {median(times):8.3f} s {n_tokens / median(times):10,.0f} tokens/s"
    if times is not reference:
        ratios = sorted(theirs / ours for ours, theirs in zip(times, reference))
        line += f"   {median(ratios):.2f} times natasha ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    print(line)


def costs_of_a_process(paths: list[str]) -> None:
    """Prints what a new process needs; to call first, as a child's peak starts at its parent's."""
    print(f"peak memory of tagging: {in_process_of_its_own('peak_megabytes', paths):.0f} MB")
    for task in ("load_own", "load_natasha"):
        times = [in_process_of_its_own(task, []) for _ in range(5)]
        print(f"{task.replace('_', ' ')}, imports included: {median(times):.2f} s")


def main(paths: list[str]) -> None:
    costs_of_a_process(paths)
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

    from index import tagger

    texts = articles(paths)
    segmenter, reference = Segmenter(), NewsNERTagger(NewsEmbedding())

    def natasha():
        for text in texts:
            doc = Doc(text)
            doc.segment(segmenter)
            doc.tag_ner(reference)

    def own():
        list(tagger.tag(texts))

    def first_run() -> float:
        model = tagger.Model()
        return seconds(lambda: list(model.tag(texts)))

    n_tokens = check_tags(texts, reference)
    print(f"{len(texts)} articles, {n_tokens} tokens, all tags as slovnet's")
    natasha()
    own()
    turns = [(seconds(natasha), first_run(), seconds(own)) for _ in range(TURNS)]
    theirs, first, kept = (list(times) for times in zip(*turns))
    report("natasha", theirs, theirs, n_tokens)
    report("tagger, nothing kept", first, theirs, n_tokens)
    report("tagger, words kept", kept, theirs, n_tokens)
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "natasha", "slovnet"))
    machine = platform.processor() or platform.machine()
    python = platform.python_version()
    print(f"{machine}, {os.cpu_count()} cores, 1 thread, Python {python}, {packages}")


TASKS = {
    "load_own": lambda paths: load_own(),
    "load_natasha": lambda paths: load_natasha(),
    "peak_megabytes": peak_megabytes,
}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in TASKS:
        print(TASKS[sys.argv[1]](sys.argv[2:]))
    else:
        main(sys.argv[1:])
