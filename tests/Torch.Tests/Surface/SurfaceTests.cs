using TorchSharp;

namespace Torch.Tests.Surface;

/// <summary>
/// What code written against this library may use exists in TorchSharp 0.107 too, so that the same source compiles with either.
/// </summary>
public sealed class SurfaceTests
{
    [Fact]
    public void Every_public_member_is_one_of_TorchSharps()
    {
        var known = Lines().Where(static line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal);
        Assert.True(known.Count > 1000, "the list of members is not there");
        var strange = PublicSurface.Of(typeof(torch).Assembly).Where(line => !Covers(known, line)).ToList();
        Assert.True(strange.Count == 0, $"not in TorchSharp-0.107.surface.txt:\n{string.Join('\n', strange)}");
    }

    [Theory]
    [InlineData("torch.int add(int a)", "torch.int add(int a, int b = 1)")]
    [InlineData("torch.int add()", "torch.int add(int b = 1)")]
    [InlineData("torch.int Size { get; }", "torch.int Size { get; set; }")]
    public void A_narrower_member_is_covered(string ours, string theirs) => Assert.True(Covers([theirs], ours));

    [Theory]
    [InlineData("torch.int add(int a)", "torch.int add(int a, int b)")]
    [InlineData("torch.int add(int a, int b = 1)", "torch.int add(int a)")]
    [InlineData("torch.int add(int a, int b = 1)", "torch.int add(int a, int c = 1)")]
    [InlineData("torch.int Size { get; set; }", "torch.int Size { get; }")]
    public void A_wider_or_other_member_is_not_covered(string ours, string theirs) => Assert.False(Covers([theirs], ours));

    private static IEnumerable<string> Lines()
    {
        using var text = new StreamReader(typeof(SurfaceTests).Assembly.GetManifestResourceStream("Torch.Tests.Surface.TorchSharp-0.107.surface.txt")!);
        while (text.ReadLine() is { } line) yield return line;
    }

    private static bool Covers(HashSet<string> known, string ours) =>
        known.Contains(ours)
        || known.Contains(ours.Replace("{ get; }", "{ get; set; }", StringComparison.Ordinal))
        || (ours.EndsWith(')') && known.Any(line => OnlyOptionalsMore(ours[..^1], line)));

    // Both without the closing bracket of the longer one: what follows ours must be parameters with defaults.
    private static bool OnlyOptionalsMore(string ours, string theirs)
    {
        if (!theirs.StartsWith(ours, StringComparison.Ordinal) || !theirs.EndsWith(')')) return false;
        var rest = theirs[ours.Length..^1];
        if (rest.Length == 0) return true;
        if (!ours.EndsWith('('))
        {
            if (!rest.StartsWith(", ", StringComparison.Ordinal)) return false;
            rest = rest[2..];
        }

        return rest.Split(", ").All(static parameter => parameter.Contains(" = ", StringComparison.Ordinal));
    }
}
