package dev.drawbridge.model;

import java.util.List;

/// A part of an [ArticleBody] that has lines of its own.
public sealed interface Block {
    record Paragraph(List<Inline> words) implements Block {
        public Paragraph {
            words = List.copyOf(words);
        }
    }

    /// @param level 1 for the most important, 6 for the least
    record Heading(int level, List<Inline> words) implements Block {
        public Heading {
            words = List.copyOf(words);
            if (level < 1 || level > 6) {
                throw new IllegalArgumentException("a heading of level " + level);
            }
        }
    }

    /// What somebody else said.
    record Quotation(List<Block> blocks) implements Block {
        public Quotation {
            blocks = List.copyOf(blocks);
        }
    }

    /// @param ordered whether its items are numbered
    /// @param start the number of the first, where they are
    record Listing(boolean ordered, int start, List<Item> items) implements Block {
        public Listing {
            items = List.copyOf(items);
            if (items.isEmpty() || start < 0) {
                throw new IllegalArgumentException("a list of " + items.size() + " items from " + start);
            }
        }
    }

    /// An item of a list.
    record Item(List<Block> blocks) {
        public Item {
            blocks = List.copyOf(blocks);
        }
    }

    /// Lines of a program, exactly as they are.
    ///
    /// @param language as its author calls it; may be empty
    record CodeBlock(String language, String text) implements Block {}

    /// A change of subject.
    record Rule() implements Block {}
}
