using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace PluginHost.Libs.Genomics.Names;

/// <summary>
/// Which names are one chromosome's: <c>chr20</c> and <c>20</c>; <c>chrM</c>, <c>M</c>, <c>chrMT</c> and <c>MT</c>. Whatever compares
/// chromosomes asks here.
/// </summary>
public static partial class ChromosomeName
{
    private const string Prefix = "chr";
    private const string Mitochondrion = "MT";

    /// <summary>Takes a chromosome's names for equal.</summary>
    public static IEqualityComparer<string> Comparer { get; } = new CommonNames();

    /// <summary>What all names of a chromosome have in common: the name without <c>chr</c> before it, in any case.</summary>
    public static string Common(string name)
    {
        var bare = WithoutPrefix(name) ?? name;
        return bare.Equals("M", StringComparison.OrdinalIgnoreCase) || bare.Equals(Mitochondrion, StringComparison.OrdinalIgnoreCase)
            ? Mitochondrion
            : bare;
    }

    /// <summary>Whether a name is meant by one that a user wrote, or by a pattern with <c>*</c> or <c>?</c>.</summary>
    /// <remarks>
    /// A pattern is held against the name as it is and as other files may write it. Scaffolds have no second name there: <c>chr*</c> leaves
    /// <c>scaffold_7</c> out.
    /// </remarks>
    public static bool Matches(string written, string name) => !IsPattern(written) ? Common(written) == Common(name)
        : FileSystemName.MatchesSimpleExpression(written, name, ignoreCase: false)
            || (WithoutPrefix(name) is { } bare && FileSystemName.MatchesSimpleExpression(written, bare, ignoreCase: false))
            || (Bare().IsMatch(name) && FileSystemName.MatchesSimpleExpression(written, Prefix + name, ignoreCase: false));

    /// <summary>
    /// Those of several names that a user's name or pattern means: a name as it is written first, where two are one chromosome's.
    /// </summary>
    public static bool Means(string written, string name, IReadOnlyCollection<string> names) =>
        names.Contains(written) ? name == written : Matches(written, name);

    /// <summary>Names of one chromosome among many: the second and later ones with the first, in order.</summary>
    public static IEnumerable<(string Name, string First)> Repeated(IEnumerable<string> names)
    {
        var first = new Dictionary<string, string>(Comparer);
        foreach (var name in names)
            if (!first.TryAdd(name, name) && first[name] != name) yield return (name, first[name]);
    }

    /// <summary>Whether a table's column of this name holds chromosomes.</summary>
    public static bool IsColumn(string column) =>
        column.ToLowerInvariant() is "chromosome" or "chrom" or "#chrom" or "chr" or "seqid" or "seqname" or "region";

    private static string? WithoutPrefix(string name) =>
        name.Length > Prefix.Length && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : null;

    private static bool IsPattern(string written) => written.AsSpan().ContainsAny('*', '?');

    /// <summary>Names that stand alone where others write 'chr': 7, 2L, X, MT, IV.</summary>
    [GeneratedRegex("^([0-9]{1,2}[A-Za-z]{0,2}|[XYZWM]|MT|[IVX]+)$")]
    private static partial Regex Bare();

    private sealed class CommonNames : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x is null || y is null ? x == y : Common(x) == Common(y);

        public int GetHashCode(string name) => Common(name).GetHashCode(StringComparison.Ordinal);
    }
}
