using System.Buffers.Binary;
using PluginHost.Checkpoints;

namespace PluginHost.Host.Tests.Runs;

public class SafetensorsHeaderTests
{
    private static (IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata) Read(byte[] file) =>
        SafetensorsHeader.Read(new MemoryStream(file), file.Length, "x.safetensors");

    private static byte[] File(string header, int data, long? claimed = null) =>
        File(System.Text.Encoding.UTF8.GetBytes(header), data, claimed);

    private static byte[] File(byte[] header, int data, long? claimed = null)
    {
        var file = new byte[8 + header.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(file, claimed ?? header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    private const string Two =
        """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":"""
        + """{"dtype":"BF16","shape":[],"data_offsets":[16,18]}}""";

    private static void Refused(byte[] file, string why) => Assert.Contains(why, Assert.Throws<DataException>(() => Read(file)).Message);

    [Fact]
    public void Reads_the_published_example_shape()
    {
        var (entries, metadata) = Read(File(Two + "   ", 18));

        Assert.Equal("pt", metadata["format"]);
        Assert.Equal([2, 2], entries.Single(e => e.Name == "a").Shape);
        Assert.Empty(entries.Single(e => e.Name == "b").Shape);
    }

    [Fact]
    public void Empty_tensors_and_empty_files_are_allowed()
    {
        Assert.Single(Read(File("""{"a":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]}}""", 0)).Entries);
        Assert.Empty(Read(File("{}", 0)).Entries);
    }

    [Fact] public void Too_short() => Refused([1, 2, 3], "too few");
    [Fact] public void Header_over_the_limit() => Refused(File("{}", 0, 100_000_001), "more than");
    [Fact] public void Header_length_with_the_top_bit() => Refused(File("{}", 0, -1), "more than");
    [Fact] public void Header_past_the_end() => Refused(File("{}", 0, 50), "ends after");
    [Fact] public void Header_must_start_with_a_brace() => Refused(File(" {}", 0), "start with");
    [Fact] public void Header_must_not_be_empty() => Refused(File("", 0), "start with");
    [Fact]
    public void Header_must_be_utf8() =>
        Refused(File([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}'], 0), "UTF-8");
    [Fact] public void Header_must_be_json() => Refused(File("{\"a\":", 0), "JSON");
    [Fact] public void Nothing_may_follow_the_json() => Refused(File("{} {}", 0), "JSON");
    [Fact] public void Deep_nesting() => Refused(File("{\"a\":" + new string('[', 100) + new string(']', 100) + "}", 0), "JSON");

    [Fact]
    public void Duplicate_names() => Refused(File(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2), "JSON");

    [Fact] public void Unknown_type() => Refused(File("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4), "unknown dtype");
    [Fact] public void Missing_type() => Refused(File("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4), "unknown dtype");
    [Fact] public void Not_an_object() => Refused(File("""{"a":5}""", 0), "not described");
    [Fact] public void Negative_shape() => Refused(File("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4), "shape");
    [Fact] public void Fractional_shape() => Refused(File("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4), "shape");
    [Fact] public void Three_offsets() => Refused(File("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4), "data_offsets");
    [Fact]
    public void Offsets_backwards() => Refused(File("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4), "data_offsets");
    [Fact] public void Wrong_size() => Refused(File("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4), "needs 8 bytes");

    [Fact]
    public void Shape_overflow() => Refused(File(
        """{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,4]}}""", 4), "too large");

    [Fact] public void Past_the_end() => Refused(File("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4), "need 8");
    [Fact] public void Trailing_data() => Refused(File("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 6), "at its end");

    [Fact]
    public void A_hole() => Refused(File(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]}}""", 6),
        "belong to no tensor");

    [Fact]
    public void An_overlap() => Refused(File(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", 6), "overlaps");

    [Fact] public void Metadata_of_numbers() => Refused(File("""{"__metadata__":{"a":1}}""", 0), "not a string");
    [Fact] public void Metadata_no_object() => Refused(File("""{"__metadata__":[]}""", 0), "not an object");

    [Fact]
    public void Writing_and_reading_agree_and_data_is_aligned()
    {
        SafetensorsEntry[] entries = [new("w", "F32", [2, 3], 0, 24), new("n\"ü", "I64", [], 24, 32)];
        var header = SafetensorsHeader.Write(entries, new Dictionary<string, string> { ["format"] = "pt" });

        Assert.Equal(0, header.Length % 8);
        var (read, metadata) = Read([.. header, .. new byte[32]]);
        Assert.Equal("pt", metadata["format"]);
        Assert.Equal(entries.Select(e => (e.Name, e.Type, e.Start, e.End)), read.Select(e => (e.Name, e.Type, e.Start, e.End)));
    }

    [Fact]
    public void Mutated_files_are_read_or_refused_but_nothing_else()
    {
        var good = File(Two, 18);
        var random = new SeededRandom(5);
        for (var round = 0; round < 20_000; round++)
        {
            var mutated = (byte[])good.Clone();
            for (var n = random.Next(1, 4); n > 0; n--) mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) mutated = mutated[..(int)random.Next(mutated.Length)];
            try { Read(mutated); }
            catch (DataException) { /* the only way to refuse */ }
        }
    }
}
