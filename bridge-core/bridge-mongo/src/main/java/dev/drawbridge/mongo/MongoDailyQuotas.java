package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.DailyQuotas;
import java.time.LocalDate;
import java.util.List;

/// [DailyQuotas] on MongoDB: a document per kind and day with digests of what was granted, called by a digest of both.
final class MongoDailyQuotas implements DailyQuotas {
    static final List<Index> INDEXES = List.of(Index.of("dailyQuotas", "day"));

    private final Documents days;
    private volatile LocalDate swept = LocalDate.MIN;

    MongoDailyQuotas(MongoDatabase database) {
        days = new Documents(database, "dailyQuotas");
    }

    @Override
    public boolean admits(String kind, String thing, int most, LocalDate day) {
        sweep(day);
        String id = id(kind, day);
        String digest = digest(thing);
        // An array of which no element has the last number that counts has room for one more.
        boolean room = days.upsert(
                and(eq("_id", id), exists("granted." + (most - 1), false)),
                combine(set(Row.VERSION, Row.LAYOUT), set("day", day.toString()), addToSet("granted", digest)));
        return room || days.exists(and(eq("_id", id), eq("granted", digest)));
    }

    @Override
    public boolean hasRoom(String kind, String thing, int most, LocalDate day) {
        String id = id(kind, day);
        return !days.exists(and(eq("_id", id), exists("granted." + (most - 1))))
                || days.exists(and(eq("_id", id), eq("granted", digest(thing))));
    }

    private static String id(String kind, LocalDate day) {
        return MongoNotices.digest("quota\n" + day + "\n" + kind);
    }

    private static String digest(String thing) {
        return MongoNotices.digest("quota\n" + thing);
    }

    private void sweep(LocalDate day) {
        if (day.isAfter(swept)) {
            days.delete(lt("day", day.minusDays(1).toString()));
            swept = day;
        }
    }
}
