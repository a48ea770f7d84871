using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PluginHost.Host.Plugins.Store;

namespace PluginHost.Host.Tests.Plugins.Store;

public sealed class PluginManifestTests
{
    private static readonly string sum = new('a', 64);

    private static PluginManifest Good => new()
    {
        Id = "My.Plugin", Version = "1.2.0", Contract = ">=2.0 <3.0", Main = "My.Plugin.dll",
        Provides = [new("tokenizer", "mine", "Mine.")],
        Files = [new("My.Plugin.dll", 3, sum), new("de/x.dll", 4, sum)],
    };

    public static TheoryData<string, string> Wrong => new()
    {
        { "{}", "cannot be read" },
        { "", "cannot be read" },
        { "null", "is empty" },
        { "[]", "cannot be read" },
        { """{ "id": "X", "version": "1.0", "colour": "red" }""", "colour" },
        { """{ "format": 2, "id": "X", "version": "1.0" }""", "layout 2" },
        { """{ "id": "../X", "version": "1.0" }""", "no name of an assembly" },
        { """{ "id": "X.", "version": "1.0" }""", "no name of an assembly" },
        { """{ "id": null, "version": "1.0" }""", "no name of an assembly" },
        { """{ "id": "X", "version": "new" }""", "write it like 1.2.0" },
        { """{ "id": "X", "version": "1.0", "contract": "2 or so" }""", "no range of versions" },
        { """{ "id": "X", "version": "1.0", "main": "Y.dll" }""", "must be X.dll" },
        { """{ "id": "X", "version": "1.0", "provides": [ {} ] }""", "without a kind or a name" },
        { """{ "id": "X", "version": "1.0", "provides": null }""", "without a kind or a name" },
        { """{ "id": "X", "version": "1.0", "files": [ null ] }""", "without a path or a sum" },
        { $$"""{ "id": "X", "version": "1.0", "files": [ { "path": "../X.dll", "bytes": 1, "sha256": "{{sum}}" } ] }""", "leads out" },
        { $$"""{ "id": "X", "version": "1.0", "files": [ { "path": "Y.dll", "bytes": 1, "sha256": "{{sum}}" } ] }""",
            "does not list X.dll" },
        { $$"""{ "id": "X", "version": "1.0", "files": [ { "path": "plugin.json", "bytes": 1, "sha256": "{{sum}}" } ] }""",
            "lists plugin.json" },
        { """{ "id": "X", "version": "1.0", "files": [ { "path": "X.dll", "bytes": 1, "sha256": "A" } ] }""", "no SHA-256 of X.dll" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_be_is_refused_with_a_sentence(string json, string why) =>
        Assert.Contains(why, Assert.Throws<PluginException>(() => PluginManifest.Read(Encoding.UTF8.GetBytes(json))).Message);

    [Fact]
    public void What_is_written_is_read_again() => Prop.ForAll(Manifests().ToArbitrary(), manifest =>
    {
        var read = PluginManifest.Read(manifest.ToJson());
        return read.Canonical().AsSpan().SequenceEqual(manifest.Canonical()) && read.ToJson().AsSpan().SequenceEqual(manifest.ToJson());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_that_are_none_are_refused_and_nothing_else_happens() => Prop.ForAll(Spoilt().ToArbitrary(), bytes =>
    {
        try { return PluginManifest.Read(bytes) is not null; }
        catch (PluginException) { return true; }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void What_is_signed_is_all_but_the_signature_in_one_order()
    {
        var signed = Good with { Signature = new("k", "v"), Files = [.. Good.Files.Reverse()] };
        Assert.Equal(Good.Canonical(), signed.Canonical());
        foreach (var changed in (PluginManifest[])[Good with { Version = "1.2.1" }, Good with { Contract = "*" },
            Good with { Provides = [] }, Good with { Files = [Good.Files[0]] }, Good with { DisplayName = "X" }])
            Assert.NotEqual(Good.Canonical(), changed.Canonical());
    }

    private static Gen<PluginManifest> Manifests() =>
        from id in Gen.Elements("A", "My.Plugin", "x_1", "a-b")
        from version in Gen.Choose(0, 99).ArrayOf(3)
        from name in Gen.Elements(null, "Anna's \"plugin\"", "ä\u4e2d", "a\nb")
        from files in Gen.SubListOf("a.txt", "de/b.dll", "runtimes/linux-x64/native/c.so")
        select new PluginManifest
        {
            Id = id, Version = string.Join('.', version), DisplayName = name,
            Files = [new(id + ".dll", version[0], sum), .. files.Select(f => new PluginFile(f, version[1], sum))],
        };

    /// <summary>A good one with some bytes changed.</summary>
    private static Gen<byte[]> Spoilt() =>
        from places in Gen.Choose(0, Good.ToJson().Length - 1).ListOf()
        from value in Gen.Choose(0, 255)
        select Good.ToJson().Select((b, i) => places.Contains(i) ? (byte)value : b).ToArray();
}
