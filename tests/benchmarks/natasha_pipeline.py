"""natasha's own pipeline up to normalised names, the reference of two benchmarks."""

from collections.abc import Callable, Iterable

from natasha import Doc, MorphVocab, NewsEmbedding, NewsMorphTagger, NewsNERTagger, Segmenter


def load() -> Callable[[Iterable[str]], None]:
    """Loads natasha's models; what comes back runs segmentation, NER, morphology and the
    normalisation of names (no syntax) over texts."""
    segmenter, vocab, embedding = Segmenter(), MorphVocab(), NewsEmbedding()
    morph, ner = NewsMorphTagger(embedding), NewsNERTagger(embedding)

    def run(texts: Iterable[str]) -> None:
        for text in texts:
            doc = Doc(text)
            doc.segment(segmenter)
            doc.tag_ner(ner)
            doc.tag_morph(morph)
            for span in doc.spans:
                span.normalize(vocab)

    return run
