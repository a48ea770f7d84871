namespace PluginHost.Libs.Genomics.Leakage;

/// <summary>When two sequences count as nearly the same: by identity (1 - edits / length of the longer), or by a number of edits.</summary>
public sealed class Closeness
{
    /// <summary>The lowest identity that can be asked for; below it unrelated DNA begins to look alike.</summary>
    public const double LowestIdentity = 0.7;

    private readonly double identity;
    private readonly int? edits;

    private Closeness(double identity, int? edits) => (this.identity, this.edits) = (identity, edits);

    /// <summary>At least this identity: 0.7 to 1.</summary>
    public static Closeness ByIdentity(double identity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(identity, LowestIdentity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(identity, 1);
        return new(identity, null);
    }

    /// <summary>At most this many edits, whatever the length.</summary>
    public static Closeness ByEdits(int edits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(edits);
        return new(0, edits);
    }

    /// <summary>Edits allowed between two sequences, the longer of which has this length.</summary>
    public int Allowed(int longer) => edits ?? (int)((1 - identity) * longer + 1e-9);

    /// <summary>Edits allowed between a sequence of this length and any other, which may be longer.</summary>
    public int Most(int length) => edits ?? (int)((1 - identity) / identity * length + 1e-9);

    /// <summary>In words: <c>identity of at least 95 %</c>.</summary>
    public override string ToString() => edits is { } count
        ? $"at most {count:N0} edit{(count == 1 ? "" : "s")}"
        : FormattableString.Invariant($"identity of at least {100 * identity:0.##} %");
}
