using System.Text.Json;
using System.Text.Json.Nodes;
using PluginHost.Host.Records;

namespace PluginHost.Host.Tests.Runs;

public sealed class SealedTextTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("sealed").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string File_ => Path.Combine(root, "x");

    [Fact]
    public void What_is_written_is_read_back()
    {
        SealedText.WriteJson(File_, new { name = "ä", loss = double.NaN, files = new[] { new { sha256 = new string('a', 64) } } });
        var json = SealedText.ReadJson(File_);
        Assert.Equal((null, true, "ä", "NaN"),
            (json.Damage, json.IsSealed, (string)json.Content!["name"]!, (string)json.Content["loss"]!));
        Assert.Equal(64, ((string)JsonNode.Parse(File.ReadAllText(File_))!["sha256"]!).Length);

        SealedText.WriteYaml(File_, "name: x\n");
        Assert.Equal(("name: x\n", null, true), (SealedText.ReadYaml(File_).Content, SealedText.ReadYaml(File_).Damage,
            SealedText.ReadYaml(File_).IsSealed));
    }

    [Fact]
    public void Of_every_single_bit_a_flip_is_noticed_or_leaves_the_content_as_it_was()
    {
        SealedText.WriteJson(File_, new { name = "run", steps = 12, figures = new { mcc = 0.5 } });
        var before = Fields(SealedText.ReadJson(File_).Content!);
        EachFlip(() => SealedText.ReadJson(File_) is { Damage: null } read && Fields(read.Content!) != before);

        SealedText.WriteYaml(File_, "learningRate: 1.0e-3\n");
        EachFlip(() => SealedText.ReadYaml(File_) is { Damage: null, IsSealed: true } read && read.Content != "learningRate: 1.0e-3\n");
    }

    private void EachFlip(Func<bool> isOther)
    {
        var good = File.ReadAllBytes(File_);
        for (var bit = 0; bit < 8 * good.Length; bit++)
        {
            var flipped = (byte[])good.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(File_, flipped);
            Assert.False(isOther(), $"bit {bit}");
        }
    }

    // Without the checksum, whatever a flip has made of its name.
    private static string Fields(JsonObject record) => string.Join(';', record.Take(3).Select(f => $"{f.Key}={f.Value!.ToJsonString()}"));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "cannot be read")]
    [InlineData("[1]", "cannot be read")]
    [InlineData("null", "no record")]
    [InlineData("\0\0\0\0", "cannot be read")]
    public void What_is_no_record_is_damage(string text, string why)
    {
        File.WriteAllText(File_, text);
        Assert.Contains(why, SealedText.ReadJson(File_).Damage);
    }

    [Fact]
    public void A_missing_file_is_damage_and_an_earlier_versions_is_not()
    {
        Assert.Equal("it is missing", SealedText.ReadJson(File_).Damage);
        File.WriteAllText(File_, JsonSerializer.Serialize(new { name = "old", data = new[] { new { sha256 = "1" } } }, Json.Indented)
            + "\n");
        Assert.Equal((null, false), (SealedText.ReadJson(File_).Damage, SealedText.ReadJson(File_).IsSealed));
        File.WriteAllText(File_, "name: old\n");
        Assert.Equal(("name: old\n", false), (SealedText.ReadYaml(File_).Content, SealedText.ReadYaml(File_).IsSealed));
    }

    [Fact]
    public void A_damaged_one_is_named_with_its_remedy()
    {
        File.WriteAllText(File_, "{");
        var failure = Assert.Throws<DataException>(() => SealedText.ReadJson(File_).Whole(File_, "Do this."));
        Assert.Contains(File_, failure.Message);
        Assert.EndsWith("Do this.", failure.Message);
    }
}
