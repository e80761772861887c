package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Audience;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.spi.NativeEvent;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A note for nobody but one of ours. It is read as a command, and nothing else of it is handed on or kept.
public final class BotMessage {
    private BotMessage() {}

    /// Those of ours whom it is for; none if it is for anybody else too: people talk about bots among themselves. Some
    /// servers name the author as well.
    static List<String> addressees(Incoming in, As2 note, CopyIds ids) {
        var audience = Audience.of(in.document(), note);
        List<String> all = Stream.concat(audience.to().stream(), audience.cc().stream())
                .filter(to -> !to.equals(in.actor()))
                .distinct()
                .toList();
        return all.stream().allMatch(ids::ours) ? all : List.of();
    }

    static Command command(As2 note) {
        return Command.read(HtmlReader.plain(note.naturalText("content").orElse("")));
    }

    /// The activity without what its author wrote: what may be kept until it is known whose it is.
    ///
    /// @param event what was read of it, of kind [NativeEvent.Kind#COMMAND]
    public static String bare(As2 activity, NativeEvent event) {
        Command command = Told.of(event.body().text())
                .map(Told::command)
                .orElseThrow(() -> new IllegalArgumentException("no command: " + event.id()));
        ObjectNode bare = Documents.object()
                .put("type", "Create")
                .put("actor", event.author().value());
        activity.id().ifPresent(id -> bare.put("id", id));
        ObjectNode note = bare.putObject("object").put("type", "Note").put("content", command.text());
        note.put("attributedTo", event.author().value());
        activity.object("object").flatMap(As2::id).ifPresent(id -> note.put("id", id));
        // It is read again when its author is known: a late word stays late.
        activity.object("object")
                .flatMap(said -> said.instant("published"))
                .ifPresent(at -> note.put("published", at.toString()));
        ArrayNode to = note.putArray("to");
        event.names().forEach(name -> to.add(name.value()));
        return Documents.write(bare);
    }
}
