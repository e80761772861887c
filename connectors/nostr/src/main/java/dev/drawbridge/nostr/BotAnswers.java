package dev.drawbridge.nostr;

import dev.drawbridge.model.Network;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What bots say, in words people read.
final class BotAnswers {
    private BotAnswers() {}

    /// @param as the handle there; empty if the person is not shown
    record Shown(Network network, Optional<String> as) {}

    /// A message that answers another. It is the same however often it is made, so that clients show it once.
    static UnsignedEvent to(UnsignedEvent message, PublicKey bot, String text) {
        List<Tag> tags = List.of(
                Tag.of("p", message.pubkey().hex()), Tag.of("e", message.id().hex()));
        return new UnsignedEvent(bot, message.createdAt() + 1, Kind.MESSAGE, tags, text);
    }

    static String help(Network reaches, Collection<Network> networks) {
        return "I carry what you post in public to " + called(reaches) + ", if you want that.\n"
                + "start: from now on\n"
                + "stop: no longer, and everything there is taken back\n"
                + "status: where you are shown, and as whom\n"
                + "delete: stop everywhere\n"
                + "Behind start and stop you can name networks (" + names(networks) + ") or say all.";
    }

    static String done(boolean start, Collection<Network> networks) {
        String where = networks.stream().map(BotAnswers::called).collect(Collectors.joining(" and "));
        return start
                ? "From now on what you post in public is carried to " + where
                        + ", unless your profile says #nobridge. Say status to see as whom, stop to end it."
                : "You are no longer carried to " + where + ". What is there of you is taken back.";
    }

    static String status(List<Shown> bridges) {
        return bridges.stream()
                .map(b -> called(b.network()) + ": "
                        + b.as().map(h -> "shown as " + h).orElse("not shown"))
                .collect(Collectors.joining("\n"));
    }

    static String notYet() {
        return "This bridge cannot do that yet. Say help to see what it can.";
    }

    static String noSuchNetwork(Collection<Network> networks) {
        return "I do not know that network. I know " + names(networks) + ".";
    }

    private static String names(Collection<Network> networks) {
        return networks.stream().map(Network::name).collect(Collectors.joining(", "));
    }

    private static String called(Network network) {
        return switch (network.name()) {
            case "activitypub" -> "the Fediverse";
            case "atproto" -> "Bluesky";
            default -> network.name();
        };
    }
}
