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
            if (began || endsWithBreaks() == 1) {
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
        var line = new ArrayList<Inline>();
        for (List<Inline> paragraph : paragraphs()) {
            if (!line.isEmpty()) {
                line.add(new Inline.LineBreak());
            }
            line.addAll(paragraph);
        }
        return List.copyOf(line);
    }

    /// Ends the paragraph, if there is any.
    void endInto(List<Block> blocks) {
        paragraphs().stream().map(Block.Paragraph::new).forEach(blocks::add);
        words.clear();
        space = false;
        began = false;
        first = true;
    }

    /// Two line breaks end a paragraph.
    private List<List<Inline>> paragraphs() {
        flush();
        var paragraphs = new ArrayList<List<Inline>>();
        int start = 0;
        for (int i = 0; i <= words.size(); i++) {
            boolean ends = i == words.size() || isBreak(i) && isBreak(i + 1);
            if (ends && i > start) {
                int end = isBreak(i - 1) ? i - 1 : i;
                paragraphs.add(List.copyOf(words.subList(start, end)));
            }
            if (ends) {
                start = i + 2;
                i++;
            }
        }
        return paragraphs;
    }

    private boolean isBreak(int at) {
        return at < words.size() && words.get(at) instanceof Inline.LineBreak;
    }

    private int endsWithBreaks() {
        int last = words.size() - 1;
        return last < 0 || !isBreak(last) ? 0 : last > 0 && isBreak(last - 1) ? 2 : 1;
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
