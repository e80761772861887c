package dev.drawbridge.engine.notice;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Reason;
import java.util.Collection;
import java.util.List;

/// One thing a bot says.
///
/// @param args what stands where the text says `{0}`, `{1}`, …
public record Notice(NoticeKey key, List<Arg> args) {
    public Notice {
        args = List.copyOf(args);
    }

    public static Notice of(NoticeKey key, Arg... args) {
        return new Notice(key, List.of(args));
    }

    /// Part of a text.
    public sealed interface Arg {
        /// A handle, which is the same in every language.
        record Plain(String text) implements Arg {}

        /// Networks, as people call them.
        record Where(List<Network> networks) implements Arg {
            public Where {
                networks = List.copyOf(networks);
            }
        }

        /// The words that name networks in commands.
        record Names(List<Network> networks) implements Arg {
            public Names {
                networks = List.copyOf(networks);
            }
        }

        record Why(Reason reason, Network target) implements Arg {}

        /// The same, said to somebody else than the one it is about.
        record WhyOthers(Reason reason, Network target) implements Arg {}
    }

    public static Arg plain(String text) {
        return new Arg.Plain(text);
    }

    public static Arg where(Network network) {
        return new Arg.Where(List.of(network));
    }

    public static Arg where(Collection<Network> networks) {
        return new Arg.Where(List.copyOf(networks));
    }

    public static Arg names(Collection<Network> networks) {
        return new Arg.Names(List.copyOf(networks));
    }

    public static Arg whyOthers(Reason reason, Network target) {
        return new Arg.WhyOthers(reason, target);
    }

    public static Arg why(Reason reason, Network target) {
        return new Arg.Why(reason, target);
    }
}
