"""The layout of a segment: one file of arrays, all of them listed here.

A file ``MAIN_<id>.seg`` holds plain little-endian arrays, each at a multiple of ALIGNMENT bytes,
then a JSON header (``index.segment.arrays``). docids count the segment's articles from 0.
A *table* of strings is two arrays: ``<table>.bytes``, UTF-8 end to end, and ``<table>.starts``,
(n + 1,) where each begins. Integers take the smallest unsigned type that holds them.

Stored articles, n_docs of them
    store.bytes, store.starts    (n_blocks + 1,)  zstd blocks, and where each begins
    store.first                  (n_blocks + 1,)  the docid with which each block begins
    store.sizes                  (n_docs,)        bytes of each article inside its block
    store.dictionary             (n,) uint8       what the blocks are packed with, or nothing
    digest                       (n_docs, 16)     uint8
    first_day, last_day          (n_docs,) int32  the days that a date spans, 0 for none
    content                      (n_docs,) uint64 see index.reprints.duplicates
    sketch                       (n_docs, 48)     uint32, see index.reprints.sketch
    numbers                      (n_docs,) uint64 the numbers in each text, a bit for each

Names: each FIELD of ``id``, ``person``, ``org``, ``source``, ``section``,
``alias``
    FIELD.terms                  table            the distinct names, sorted
    FIELD.value_starts           (n_docs + 1,)    where each document's values begin in
    FIELD.values                 (n_values,)      numbers of names, in the article's order
    FIELD.posting_starts         (n_terms + 1,)   where each name's postings begin in
    FIELD.docids                 (n_postings,)    documents, ascending for one name

Words: each FIELD of ``title``, ``text``
    FIELD.terms                  table            the distinct lemmas, sorted
    FIELD.posting_starts         (n_terms + 1,)   where each lemma's postings begin in
    FIELD.docids                 (n_postings,)    documents, ascending for one lemma; of many
                                                  postings of more than 65,536 documents,
                                                  their last 16 bits
    FIELD.run_starts             (n_runs,)        there, where each run of one lemma's postings
                                                  begins that share
    FIELD.run_blocks             (n_runs,)        the bits above those
    FIELD.codes                  (n_postings,) uint16   weight code << 8 | length code
    FIELD.occurrence_starts      (n_terms + 1,)   where each lemma's occurrences begin in
    FIELD.occurrence_blocks      (n_blocks + 1,)  where every POSTING_BLOCK-th posting's begin in
    FIELD.positions              (n_occurrences,) the number of the word in the document << 1 | 1
                                                  for a posting's first occurrence, 0 for others
    FIELD.forms                  (n_occurrences,) which of the lemma's forms stands there
    FIELD.form_starts            (n_terms + 1,)   where each lemma's forms begin in
    FIELD.form_numbers           (n,)             numbers in the table ``forms``
    FIELD.lengths                (n_docs,) uint8  length code of each document's field
    FIELD.sentence_starts        (n_docs + 1,)    where each document's sentences begin in
    FIELD.sentences              (n_sentences,)   the position of each sentence's first word
forms                            table            the distinct spellings, case kept, sorted

The header holds ``format``, ``n_docs``, ``field_lengths`` (words of each field in all) and, for
each array, its type, shape, offset and CRC-32.
"""

from index.schema import FACETS

FORMAT_VERSION = 5
"""Raised with every change of the layout. A file of a newer version is refused on opening."""

OLDEST_FORMAT = 2
"""The oldest version that is read; ``optimize`` writes it anew as the present one. Version 3 has
``store.dictionary``, and shorter sketches; version 4 runs of postings, and where there are none
docids that may be cut (``index.segment.documents.are_cut``)."""

POSTING_BLOCK = 128
"""Postings of a field between two whose occurrences are found without looking at others."""

EXTENSION = ".seg"
ALIGNMENT = 64

ALIAS = "alias"
"""The field of what abbreviations stood for: a short form, a tab, a name of the article."""

NAME_FIELDS = ("id", *FACETS, ALIAS)
WORD_FIELDS = ("title", "text")
DOCUMENT_ARRAYS = ("digest", "first_day", "last_day")
REPRINT_ARRAYS = ("content", "sketch", "numbers")
