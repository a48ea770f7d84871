using PluginHost.Host.Models.Checkpoints.Containers;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>Every container and element type, against files written by Python.</summary>
public sealed class ContainerTests
{
    [Theory]
    [InlineData("zip.bin", "PyTorch zip")]
    [InlineData("stream.bin", "PyTorch stream")]
    [InlineData("protocol3.bin", "PyTorch zip")]
    [InlineData("protocol4.bin", "PyTorch zip")]
    [InlineData("protocol5.bin", "PyTorch zip")]
    [InlineData("wrapped.pth", "PyTorch zip")]
    [InlineData("all.safetensors", "safetensors")]
    [InlineData("sharded", "safetensors in 2 files")]
    [InlineData("sharded_bin", "PyTorch zip in 2 files")]
    public void Tensors_are_read_bit_for_bit(string name, string container)
    {
        using var checkpoint = CheckpointFile.Open(CheckpointFile.Find(GoldenContainers.File(name)));
        Assert.Equal(container, checkpoint.Container);
        GoldenContainers.Check(checkpoint);
    }

    [Fact]
    public void A_modules_state_dict_with_its_metadata_is_read()
    {
        using var checkpoint = CheckpointFile.Open(GoldenContainers.File("module.pt"));
        GoldenContainers.Check(checkpoint, "module.json");
    }

    [Fact]
    public void What_is_no_tensor_is_passed_over_and_said()
    {
        using var checkpoint = CheckpointFile.Open(GoldenContainers.File("wrapped.pth"));
        Assert.Equal(["Its tensors are those under 'model'.", "2 entries that are no tensors were passed over: epoch, optimizer."],
            checkpoint.Notes);
    }

    [Fact]
    public void A_published_zip_of_another_program_is_read()
    {
        var file = Path.Combine(Repository.Root, "..", "shared", "data", "torch_zip", "test_mlm.pt");
        Assert.SkipUnless(File.Exists(file), "../shared/data/torch_zip/test_mlm.pt is not here.");
        using var checkpoint = CheckpointFile.Open(file);
        Assert.Equal(["Float32 [100, 128]", "Int64 [100, 128]"], checkpoint.Tensors.Select(t => t.Describe()).Order());
        using var ids = checkpoint.Read("input_ids");
        Assert.InRange(ids.max().item<long>(), 0, 9_999);
        using var mask = checkpoint.Read("attention_mask");
        Assert.True(mask.isfinite().all().item<bool>());
    }

    [Fact]
    public void A_folder_is_searched_by_the_usual_names()
    {
        using var folder = new Scratch();
        Assert.Contains("has no weights", Assert.Throws<DataException>(() => CheckpointFile.Find(folder.Path)).Message);
        folder.Copy("zip.bin", "a.pt");
        Assert.Equal(folder.File("a.pt"), CheckpointFile.Find(folder.Path));
        folder.Copy("zip.bin", "b.pt");
        Assert.Contains("a.pt, b.pt", Assert.Throws<DataException>(() => CheckpointFile.Find(folder.Path)).Message);
        folder.Copy("all.safetensors", "model.safetensors");
        Assert.Equal(folder.File("model.safetensors"), CheckpointFile.Find(folder.Path));
        Assert.Contains("does not exist", Assert.Throws<DataException>(() => CheckpointFile.Find(folder.File("none"))).Message);
    }
}
