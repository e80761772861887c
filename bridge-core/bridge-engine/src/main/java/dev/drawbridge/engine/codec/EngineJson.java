package dev.drawbridge.engine.codec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Block;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.CustomEmoji;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Inline;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.EventBody;
import dev.drawbridge.model.spi.NativeEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes and reads what the engine hands from stage to stage. Thread-safe.
///
/// An id is one string (`nostr|ab12…`), an absent value is left out, an instant is ISO 8601. Unknown fields are
/// ignored, so
/// that an older instance reads what a newer one wrote.
public final class EngineJson {
    private final JsonMapper mapper = JsonMapper.builder()
            .addMixIn(NativeId.class, AsKey.class)
            .addMixIn(Network.class, AsName.class)
            .addMixIn(EventBody.class, AsText.class)
            .addMixIn(Activity.class, Activities.class)
            .addMixIn(Facet.class, Facets.class)
            .addMixIn(Block.class, Blocks.class)
            .addMixIn(Inline.class, Inlines.class)
            .addMixIn(Post.class, Posts.class)
            .addMixIn(ContentWarning.class, Warnings.class)
            .addMixIn(Profile.class, Profiles.class)
            .addMixIn(Delivery.class, Deliveries.class)
            // An item that an older instance wrote has no lists that were thought of later.
            .withConfigOverride(List.class, o -> o.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .withConfigOverride(Set.class, o -> o.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    public String write(Activity activity) {
        return mapper.writerFor(Activity.class).writeValueAsString(activity);
    }

    /// The same, laid out for people: golden files.
    public String writePretty(Activity activity) {
        return mapper.writerFor(Activity.class)
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(activity);
    }

    public byte[] write(NativeEvent event) {
        return mapper.writeValueAsBytes(event);
    }

    public byte[] write(Delivery delivery) {
        return mapper.writeValueAsBytes(delivery);
    }

    public String writeText(Delivery delivery) {
        return new String(write(delivery), StandardCharsets.UTF_8);
    }

    /// @throws UnreadableItemException if this engine did not write it
    public Activity activity(String json) {
        try {
            return mapper.readValue(json, Activity.class);
        } catch (JacksonException e) {
            throw new UnreadableItemException("not an activity", e);
        }
    }

    /// @throws UnreadableItemException if this engine did not write it
    public NativeEvent event(byte[] json) {
        try {
            return mapper.readValue(json, NativeEvent.class);
        } catch (JacksonException e) {
            throw new UnreadableItemException("not an event", e);
        }
    }

    /// @throws UnreadableItemException if this engine did not write it
    public Delivery delivery(byte[] json) {
        try {
            return mapper.readValue(json, Delivery.class);
        } catch (JacksonException e) {
            throw new UnreadableItemException("not a delivery", e);
        }
    }

    /// @throws UnreadableItemException if this engine did not write it
    public Delivery delivery(String json) {
        return delivery(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Something in our own queue or store that we cannot read: our bug, told loudly.
    public static final class UnreadableItemException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableItemException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private abstract static class AsKey {
        @JsonValue
        abstract String key();

        @JsonCreator
        static NativeId parse(String key) {
            return NativeId.parse(key);
        }
    }

    private abstract static class AsText {
        @JsonValue
        abstract String text();

        @JsonCreator
        static EventBody of(String text) {
            return EventBody.of(text);
        }
    }

    /// What posts once did not have is written only where there is some.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private interface Posts {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Media> media();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<CustomEmoji> emoji();
    }

    private interface Warnings {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Set<ContentWarning.Label> labels();
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private interface Deliveries {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Loss> losses();
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private interface Profiles {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Profile.Field> fields();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<CustomEmoji> emoji();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Set<ConsentSignal> signals();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<URI> aliases();
    }

    private abstract static class AsName {
        @JsonCreator
        AsName(String name) {}

        @JsonValue
        abstract String name();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Activity.Publish.class, name = "Publish"),
        @JsonSubTypes.Type(value = Activity.Edit.class, name = "Edit"),
        @JsonSubTypes.Type(value = Activity.Tally.class, name = "Tally"),
        @JsonSubTypes.Type(value = Activity.Delete.class, name = "Delete"),
        @JsonSubTypes.Type(value = Activity.DeleteAccount.class, name = "DeleteAccount"),
        @JsonSubTypes.Type(value = Activity.React.class, name = "React"),
        @JsonSubTypes.Type(value = Activity.Repost.class, name = "Repost"),
        @JsonSubTypes.Type(value = Activity.Follow.class, name = "Follow"),
        @JsonSubTypes.Type(value = Activity.Unfollow.class, name = "Unfollow"),
        @JsonSubTypes.Type(value = Activity.FollowAnswer.class, name = "FollowAnswer"),
        @JsonSubTypes.Type(value = Activity.ProfileUpdate.class, name = "ProfileUpdate"),
        @JsonSubTypes.Type(value = Activity.Block.class, name = "Block"),
        @JsonSubTypes.Type(value = Activity.Unblock.class, name = "Unblock"),
        @JsonSubTypes.Type(value = Activity.Report.class, name = "Report"),
        @JsonSubTypes.Type(value = Activity.Move.class, name = "Move"),
        @JsonSubTypes.Type(value = Activity.Vote.class, name = "Vote"),
        @JsonSubTypes.Type(value = Activity.Pin.class, name = "Pin"),
        @JsonSubTypes.Type(value = Activity.InteractionRequest.class, name = "InteractionRequest"),
        @JsonSubTypes.Type(value = Activity.InteractionAnswer.class, name = "InteractionAnswer"),
    })
    private interface Activities {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Facet.Mention.class, name = "Mention"),
        @JsonSubTypes.Type(value = Facet.Hashtag.class, name = "Hashtag"),
        @JsonSubTypes.Type(value = Facet.Link.class, name = "Link"),
    })
    private interface Facets {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Block.Paragraph.class, name = "Paragraph"),
        @JsonSubTypes.Type(value = Block.Heading.class, name = "Heading"),
        @JsonSubTypes.Type(value = Block.Quotation.class, name = "Quotation"),
        @JsonSubTypes.Type(value = Block.Listing.class, name = "Listing"),
        @JsonSubTypes.Type(value = Block.CodeBlock.class, name = "CodeBlock"),
        @JsonSubTypes.Type(value = Block.Rule.class, name = "Rule"),
    })
    private interface Blocks {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Inline.Text.class, name = "Text"),
        @JsonSubTypes.Type(value = Inline.Emphasis.class, name = "Emphasis"),
        @JsonSubTypes.Type(value = Inline.Strong.class, name = "Strong"),
        @JsonSubTypes.Type(value = Inline.Code.class, name = "Code"),
        @JsonSubTypes.Type(value = Inline.Link.class, name = "Link"),
        @JsonSubTypes.Type(value = Inline.Mention.class, name = "Mention"),
        @JsonSubTypes.Type(value = Inline.Hashtag.class, name = "Hashtag"),
        @JsonSubTypes.Type(value = Inline.Picture.class, name = "Picture"),
        @JsonSubTypes.Type(value = Inline.LineBreak.class, name = "LineBreak"),
    })
    private interface Inlines {}
}
