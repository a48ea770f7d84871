using Semver;

namespace PluginHost.Host.Plugins.Store;

/// <summary>Versions and ranges of them, by Semantic Versioning 2.0.</summary>
public static class PluginVersions
{
    private const int Longest = 200;

    /// <summary>How a range may look, for messages.</summary>
    public const string RangeExample = "a range such as '>=2.0 <3.0', '^1.2' or '1.x'";

    /// <summary>A version; null for what is none. Parts that are missing are 0; a fourth part and build metadata do not count.</summary>
    public static SemVersion? Parse(string text)
    {
        if (text.Length <= Longest && SemVersion.TryParse(text, SemVersionStyles.Any, out var version)) return version;
        return Version.TryParse(text, out var four) && four.Build >= 0 ? new(four.Major, four.Minor, four.Build) : null;
    }

    /// <summary>Whether a text is a range: comparisons side by side, <c>^</c>, <c>~</c>, <c>x</c>, alternatives with <c>||</c>.</summary>
    public static bool IsRange(string text) => Range(text) is not null;

    /// <summary>Whether a version is in a range. One before a release (<c>3.0.0-beta</c>) belongs to that release.</summary>
    public static bool Fits(string version, string range) =>
        Parse(version) is { } parsed && Range(range) is { } wanted && wanted.Contains(parsed.WithoutPrereleaseOrMetadata());

    /// <summary>Whether a version is older than another; false where one of them cannot be read.</summary>
    public static bool IsOlder(string version, string than) =>
        Parse(version) is { } one && Parse(than) is { } other && SemVersion.ComparePrecedence(one, other) < 0;

    private static SemVersionRange? Range(string text) =>
        !string.IsNullOrWhiteSpace(text) && SemVersionRange.TryParseNpm(text, out var range, Longest) ? range : null;
}
