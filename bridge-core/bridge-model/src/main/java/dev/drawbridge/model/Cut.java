package dev.drawbridge.model;

import java.util.List;
import java.util.function.IntFunction;

/// Takes no more than there is room for, and tells what it leaves out: nothing is cut without a word.
public final class Cut {
    private Cut() {}

    /// The first of a list.
    ///
    /// @param told makes a loss of how many are left out
    /// @param losses takes it
    public static <T> List<T> list(List<T> all, int most, IntFunction<Loss> told, List<Loss> losses) {
        if (all.size() <= most) {
            return List.copyOf(all);
        }
        losses.add(told.apply(all.size() - most));
        return List.copyOf(all.subList(0, most));
    }

    /// The start of a text, not through the middle of a character.
    ///
    /// @param most UTF-16 units
    /// @param losses takes `told`
    public static String text(String text, int most, Loss told, List<Loss> losses) {
        if (text.length() <= most) {
            return text;
        }
        losses.add(told);
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }
}
