package dev.holdfast.crdt.twin;

import dev.holdfast.crdt.Kind;

/** Why a change of a twin is not made: what is wrong, where, and how to mend it. */
public sealed interface Refusal {
  /** The path, as written; of a document its member; empty for the thing as a whole. */
  String at();

  /** What is wrong. */
  String reason();

  /** What to do instead. */
  String mend();

  /** All three in a line. */
  default String text() {
    return (at().isEmpty() ? "" : at() + ": ") + reason() + "; " + mend();
  }

  /**
   * What is to be changed or deleted is not there.
   *
   * @param at where
   */
  record NotThere(String at) implements Refusal {
    @Override
    public String reason() {
      return at.isEmpty() ? "there is no such thing" : "there is nothing at this path";
    }

    @Override
    public String mend() {
      return at.isEmpty() ? "put the whole thing first" : "put it, or patch what is above it";
    }
  }

  /**
   * What is above the path is no object, so that nothing can be below it.
   *
   * @param at what is above
   * @param is of which kind that is
   */
  record NoObject(String at, Kind is) implements Refusal {
    @Override
    public String reason() {
      return Declaration.words(is) + " is there, which has no members";
    }

    @Override
    public String mend() {
      return "delete it, or put an object there";
    }
  }

  /**
   * The value cannot stand there, or is none.
   *
   * @param at where
   * @param reason why
   * @param mend what could
   */
  record InvalidValue(String at, String reason, String mend) implements Refusal {}

  /**
   * The patch cannot be applied there.
   *
   * @param at where
   * @param reason why
   * @param mend what could
   */
  record InvalidPatch(String at, String reason, String mend) implements Refusal {}

  /**
   * What is there is of one kind and would become of another without a word.
   *
   * @param at where
   * @param is of which kind it is
   */
  record KindChange(String at, Kind is) implements Refusal {
    @Override
    public String reason() {
      return Declaration.words(is) + " is there, and this is none";
    }

    @Override
    public String mend() {
      return "say {\"" + Declaration.name(is) + "\": ...} to set it, or delete it first";
    }
  }

  /**
   * The edit is for another kind than is there.
   *
   * @param at where
   * @param is of which kind it is
   * @param wanted for which kinds the edit is, in words
   */
  record WrongKind(String at, Kind is, String wanted) implements Refusal {
    @Override
    public String reason() {
      return Declaration.words(is) + " is there, not " + wanted;
    }

    @Override
    public String mend() {
      return "use the edits of " + Declaration.words(is);
    }
  }

  /**
   * A stock would show less: only who holds rights to it takes from it.
   *
   * @param at where
   * @param holds what it holds
   * @param asked what was asked for
   */
  record StockLowered(String at, String holds, String asked) implements Refusal {
    @Override
    public String reason() {
      return "the stock holds " + holds + " and cannot be set to " + asked;
    }

    @Override
    public String mend() {
      return "take from it what is too much";
    }
  }

  /**
   * Something is larger than what any region takes.
   *
   * @param at where
   * @param what what it is
   * @param size how large, in {@code unit}
   * @param most how large it may be
   * @param unit of what
   */
  record TooLarge(String at, String what, long size, long most, String unit) implements Refusal {
    @Override
    public String reason() {
      return what + " of " + size + " " + unit + ", " + most + " at most";
    }

    @Override
    public String mend() {
      return unit.equals("edits") ? "change it in parts" : "split it over several paths";
    }
  }

  /**
   * The value nests too deep.
   *
   * @param at where
   * @param most how many levels there may be, the path's included
   */
  record TooDeep(String at, int most) implements Refusal {
    @Override
    public String reason() {
      return "more than " + most + " levels, the path's included";
    }

    @Override
    public String mend() {
      return "store it flatter, or as a text";
    }
  }

  /**
   * A document is of a version that is not known here.
   *
   * @param version which, as it says
   */
  record UnknownSchema(String version) implements Refusal {
    @Override
    public String at() {
      return "schema_version";
    }

    @Override
    public String reason() {
      return "version " + version + " is not known";
    }

    @Override
    public String mend() {
      return "export it as version " + CanonicalObject.SCHEMA_VERSION;
    }
  }

  /**
   * A part of a document has no place in a twin, and nothing is dropped.
   *
   * @param at which member
   * @param reason why
   * @param mend what could
   */
  record Unmapped(String at, String reason, String mend) implements Refusal {}

  /**
   * A document has not seen writes that it would replace.
   *
   * @param writer whose
   * @param number the last one of these that is part of the twin
   */
  record Stale(String writer, long number) implements Refusal {
    @Override
    public String at() {
      return "metadata/vector_clock";
    }

    @Override
    public String reason() {
      return "write " + number + " of " + writer + " is part of the thing and not of the document";
    }

    @Override
    public String mend() {
      return "export it anew, or import it as a replacement";
    }
  }
}
