package dev.drawbridge.activitypub.translate;

import dev.drawbridge.model.Block;
import dev.drawbridge.model.Inline;
import java.util.ArrayList;
import java.util.List;

/// Collects what stands in a line of an article the way a browser lays it out: white space collapses, none at the ends.
final class ArticleLine {
    private final List<Inline> words = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private boolean space;
    private boolean began;
    private boolean first = true;
    private boolean beginsWithSpace;

    void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                beginsWithSpace |= first;
                space = true;
            } else {
                begin();
                pending.append(c);
            }
            first = false;
        }
    }

    void add(Inline inline) {
        if (inline instanceof Inline.LineBreak) {
            space = false;
            flush();
            if (began) {
                words.add(inline);
            }
            began = false;
        } else {
            begin();
            flush();
            words.add(inline);
        }
        first = false;
    }

    boolean beginsWithSpace() {
        return beginsWithSpace;
    }

    boolean endsWithSpace() {
        return space;
    }

    /// What was collected, without line breaks at the end.
    List<Inline> end() {
        flush();
        while (!words.isEmpty() && words.getLast() instanceof Inline.LineBreak) {
            words.removeLast();
        }
        return List.copyOf(words);
    }

    /// Ends the paragraph, if there is any.
    void endInto(List<Block> blocks) {
        List<Inline> line = end();
        if (!line.isEmpty()) {
            blocks.add(new Block.Paragraph(line));
        }
        words.clear();
        space = false;
        began = false;
        first = true;
    }

    private void begin() {
        if (space && began) {
            pending.append(' ');
        }
        space = false;
        began = true;
    }

    private void flush() {
        if (!pending.isEmpty()) {
            words.add(new Inline.Text(pending.toString()));
            pending.setLength(0);
        }
    }
}
