using FsCheck;
using FsCheck.Fluent;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Tests.Plugins.Store;

/// <summary>Names in packages: what is let through stays in the folder, each name one file.</summary>
public sealed class EntryNameTests
{
    [Theory]
    [InlineData("../evil.dll", "leads out")]
    [InlineData("a/../../evil.dll", "leads out")]
    [InlineData("..", "leads out")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("C:/Windows/x.dll", "absolute")]
    [InlineData("C:x.dll", "absolute")]
    [InlineData("..\\evil.dll", "backslash")]
    [InlineData("a//b", "empty part")]
    [InlineData("./a", "empty part")]
    [InlineData("a/", "empty part")]
    [InlineData("", "no name")]
    [InlineData("a\0b", "not to be seen")]
    [InlineData("a\nb", "not to be seen")]
    [InlineData("x\u202Elld.exe", "not to be seen")]
    public void What_leads_elsewhere_or_cannot_be_read_is_refused(string name, string why) =>
        Assert.Contains(why, EntryNames.Complain([name]));

    [Fact]
    public void Long_and_deep_ones_are_refused()
    {
        Assert.Contains("part longer", EntryNames.Complain([new string('a', 256)]));
        Assert.Contains("characters long", EntryNames.Complain([string.Join('/', Enumerable.Repeat(new string('a', 99), 11))]));
        Assert.Contains("folders deep", EntryNames.Complain([string.Concat(Enumerable.Repeat("a/", 20)) + "b"]));
    }

    [Theory]
    [InlineData("a.dll", "a.dll", "is there twice")]
    [InlineData("a.dll", "A.dll", "differ in upper and lower case alone")]
    [InlineData("de/x.dll", "DE/y.dll", "differ in upper and lower case alone")]
    [InlineData("a", "a/b", "is a file and a folder")]
    [InlineData("a/b", "a", "is a file and a folder")]
    public void Names_that_are_one_to_some_file_system_are_refused(string one, string other, string why) =>
        Assert.Contains(why, EntryNames.Complain([one, other]));

    [Fact]
    public void Usual_names_pass() => Assert.Null(EntryNames.Complain(
        ["X.dll", "X.deps.json", "runtimes/linux-x64/native/libx.so.1", "de/X.resources.dll", ".hidden", "a b.txt", "ä.txt"]));

    [Fact]
    public void Whatever_passes_stays_inside_and_is_one_of_its_kind() => Prop.ForAll(Names().ListOf().ToArbitrary(), names =>
    {
        if (EntryNames.Complain(names) is not null) return true;
        var places = names.Select(n => Path.GetFullPath(Path.Combine("/plugins/X", n))).ToList();
        return places.All(p => p.StartsWith("/plugins/X/", StringComparison.Ordinal))
            && places.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count
            && !places.Any(p => places.Any(q => q.StartsWith(p + "/", StringComparison.OrdinalIgnoreCase)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void No_text_breaks_it() => Prop.ForAll<string>(text => EntryNames.Complain([text ?? ""]) is null or { Length: > 0 })
        .QuickCheckThrowOnFailure();

    private static Gen<string> Names() =>
        from parts in Gen.Elements("a", "A", "b.dll", "B.DLL", "..", ".", "", "c:", "\\", "x y").NonEmptyListOf()
        from root in Gen.Elements("", "", "", "/")
        select root + string.Join('/', parts.Take(4));
}
