using System.IO.Compression;
using PluginHost.Host.Models.Checkpoints.Containers;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>Files made to do harm, and broken ones: each is refused with one sentence.</summary>
public sealed class RefusedFileTests : IDisposable
{
    private readonly Scratch folder = new();

    public void Dispose() => folder.Dispose();

    private void Refused(string path, string why)
    {
        var message = Assert.Throws<DataException>(() =>
        {
            using var checkpoint = CheckpointFile.Open(path);
            foreach (var tensor in checkpoint.Tensors) checkpoint.Read(tensor.Name).Dispose();
        }).Message;
        Assert.Contains(why, message);
        Assert.Contains(path, message);
        Assert.DoesNotContain('\n', message);
    }

    private string Zip(string name, params (string Entry, byte[] Bytes)[] entries)
    {
        using var stream = File.Create(folder.File(name));
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var (entry, bytes) in entries)
        {
            using var target = zip.CreateEntry(entry, CompressionLevel.NoCompression).Open();
            target.Write(bytes);
        }
        return folder.File(name);
    }

    private static byte[] Pickle(string text) => [0x80, 2, .. System.Text.Encoding.Latin1.GetBytes(text)];

    // 1 MB of zeros in about a kilobyte; the same with a dictionary says why without the directory's own check.
    [Fact]
    public void A_zip_bomb()
    {
        var path = folder.File("bomb.pt");
        using (var stream = File.Create(path))
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        using (var target = zip.CreateEntry("model/data.pkl", CompressionLevel.SmallestSize).Open())
            target.Write(new byte[1 << 20]);
        Assert.True(new FileInfo(path).Length < 4096);
        Refused(path, "is compressed");
    }

    [Fact]
    public void A_call_of_os_system()
    {
        var witness = folder.File("witness");
        var command = Pickle($"cposix\nsystem\nX{Length(4, $"touch {witness}")}touch {witness}\x85R.");
        Refused(Zip("system.pt", ("model/data.pkl", command)),
            "it names posix.system, and a model file may name tensors and dictionaries only");
        byte[] stream = [.. File.ReadAllBytes(GoldenContainers.File("stream.bin"))[..15], .. command];
        Refused(folder.Write("system.bin", stream), "posix.system");
        Assert.False(File.Exists(witness));
    }

    [Theory]
    [InlineData("cbuiltins\neval\n.", "builtins.eval")]
    [InlineData("c__builtin__\nexec\n.", "__builtin__.exec")]
    [InlineData("ctorch\nload\n.", "torch.load")]
    [InlineData("ctorch._utils\n_rebuild_qtensor\n.", "torch._utils._rebuild_qtensor")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n.", "numpy.core.multiarray._reconstruct")]
    [InlineData("\x8c\x02os\x8c\x06system\x93.", "os.system")]
    [InlineData("(cos\nsystem\no.", "os.system")]
    [InlineData("(ios\nsystem\n.", "Inst")]
    [InlineData("\x82\x01.", "Ext1")]
    [InlineData("ctorch\nFloatStorage\n)R.", "arguments that make no sense")]
    [InlineData("ccollections\nOrderedDict\n)\x81.", "NewObj")]
    public void Any_other_name_or_way_to_call(string text, string why) => Refused(Zip("name.pt", ("model/data.pkl", Pickle(text))), why);

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("model/../../x")]
    [InlineData("..\\x")]
    [InlineData("C:\\x")]
    public void A_path_out_of_the_zip(string entry) =>
        Refused(Zip("path.pt", ("model/data.pkl", Pickle("}.")), (entry, [1])), "leads out of the zip's folder");

    [Fact]
    public void The_same_entry_twice() =>
        Refused(Zip("twice.pt", ("model/data.pkl", Pickle("}.")), ("model/data.pkl", Pickle("}."))), "twice");

    [Fact] public void No_pickle() => Refused(Zip("none.pt", ("model/version", "3\n"u8.ToArray())), "without the one data.pkl");

    [Fact]
    public void Two_pickles() =>
        Refused(Zip("two.pt", ("a/data.pkl", Pickle("}.")), ("b/data.pkl", Pickle("}."))), "without the one data.pkl");

    [Fact]
    public void Big_endian() =>
        Refused(Zip("big.pt", ("a/data.pkl", Pickle("}.")), ("a/byteorder", "big"u8.ToArray())), "big-endian");

    [Fact] public void Nothing_inside() => Refused(Zip("empty.pt", ("a/data.pkl", Pickle("}."))), "holds no tensors");

    [Fact]
    public void A_tensor_larger_than_its_storage() =>
        Refused(Tensor("beyond.pt", 4, "K\x00K\x05\x85K\x01\x85"), "reaches beyond its storage of 4");

    [Fact] public void A_tensor_behind_its_storage() => Refused(Tensor("behind.pt", 4, "K\x02K\x03\x85K\x01\x85"), "reaches beyond");

    [Fact]
    public void A_tensor_of_repeated_elements() =>
        Refused(Tensor("stride0.pt", 4, "K\x00J\xff\xff\xff\x7f\x85K\x00\x85"), "claims more elements");

    [Fact]
    public void A_tensor_of_overflowing_size() =>
        Refused(Tensor("huge.pt", 4,
            "K\x00\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f\x86K\x01K\x01\x86"), "too large");

    [Fact]
    public void A_storage_shorter_than_it_says() =>
        Refused(Tensor("short.pt", 4, "K\x00K\x04\x85K\x01\x85", stored: 8), "needs 16 bytes");

    [Fact]
    public void Damaged_data()
    {
        var bytes = File.ReadAllBytes(GoldenContainers.File("zip.bin"));
        using (var file = new MappedFile(GoldenContainers.File("zip.bin")))
            bytes[ZipEntries.Read(file).Single(e => e.Name.EndsWith("data/3", StringComparison.Ordinal)).Offset] ^= 1;
        Refused(folder.Write("damaged.bin", bytes), "checksum");
    }

    [Theory]
    [InlineData("zip.bin")]
    [InlineData("stream.bin")]
    [InlineData("all.safetensors")]
    public void Truncated_anywhere(string golden)
    {
        var whole = File.ReadAllBytes(GoldenContainers.File(golden));
        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 400))
        {
            var path = folder.Write("truncated.bin", whole[..length]);
            Assert.Contains(path, Assert.Throws<DataException>(() => CheckpointFile.Open(path)).Message);
        }
        Refused(folder.Write("truncated.bin", whole[..(whole.Length - 1)]),
            golden == "all.safetensors" ? "bytes of data but" : "truncated");
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"../x.safetensors"}}""", "no plain file name")]
    [InlineData("""{"weight_map":{"a":"/etc/passwd"}}""", "no plain file name")]
    [InlineData("""{"weight_map":{"a":"none.safetensors"}}""", "not beside it")]
    [InlineData("""{"weight_map":{"a":1}}""", "has no file")]
    [InlineData("""{"weight_map":[]}""", "no map 'weight_map'")]
    [InlineData("""{"weight_map":{"types.F64":"all.safetensors"}}""", "does not name")]
    [InlineData("{", "not JSON")]
    public void A_wrong_index(string json, string why)
    {
        folder.Copy("all.safetensors", "all.safetensors");
        var path = folder.Write("model.safetensors.index.json", System.Text.Encoding.UTF8.GetBytes(json));
        Assert.Contains(why, Assert.Throws<DataException>(() => CheckpointFile.Open(path)).Message);
    }

    [Fact]
    public void What_is_no_model_at_all()
    {
        Refused(folder.Write("empty.bin", []), "It is empty");
        Refused(folder.Write("lfs.bin", "version https://git-lfs.github.com/spec/v1\n"u8.ToArray()), "git lfs pull");
        Refused(folder.Write("plain.bin", Pickle("}.")), "plain pickle");
        Refused(folder.Write("text.bin", "hello"u8.ToArray()), "Is it the right file?");
    }

    private static string Length(int bytes, string text) =>
        new([.. Enumerable.Range(0, bytes).Select(i => (char)(text.Length >> (8 * i) & 0xff))]);

    /// <summary>
    /// A zip with one float storage and a tensor over it; the text is the arguments after the storage: offset, shape, strides.
    /// </summary>
    private string Tensor(string name, int elements, string arguments, int? stored = null)
    {
        var storage = $"(X{Length(4, "storage")}storagectorch\nFloatStorage\nX{Length(4, "0")}0X{Length(4, "cpu")}cpuK{(char)elements}tQ";
        var text = $"}}X{Length(4, "w")}wctorch._utils\n_rebuild_tensor_v2\n({storage}{arguments}\x89NtRs.";
        return Zip(name, ("m/data.pkl", Pickle(text)), ("m/data/0", new byte[stored ?? 4 * elements]));
    }
}
