package dev.drawbridge.model;

/// Who the author let see a post. Only [#PUBLIC] crosses by default; nothing narrower than [#UNLISTED] ever does.
public enum Visibility {
    PUBLIC,
    UNLISTED,
    FOLLOWERS,
    DIRECT
}
