using PluginHost.Torch.Loading;

namespace Torch.Tests.Loading;

/// <summary>What a folder must be to serve as libtorch, and the sentence about one that is not.</summary>
public sealed class LibtorchBuildTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("libtorch-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string? Problem => new LibtorchBuild(folder, "test").Problem(LibtorchSearch.TorchSharp());

    private void Link(params string[] files)
    {
        foreach (var file in files) File.CreateSymbolicLink(Path.Combine(folder, file), Path.Combine(Libtorch.Folder, file));
    }

    [Fact]
    public void The_one_in_use_is_whole_and_of_the_right_line()
    {
        var build = new LibtorchBuild(Libtorch.Folder, "test");
        Assert.True(build.Exists);
        Assert.Null(build.Problem(LibtorchSearch.TorchSharp()));
        Assert.Equal(LibtorchBuild.Line(Libtorch.BuiltFor), LibtorchBuild.Line(Libtorch.Version));
    }

    [Fact]
    public void A_folder_that_is_not_there() =>
        Assert.Equal("there is no such folder", new LibtorchBuild(folder + "-none", "test").Problem(LibtorchSearch.TorchSharp()));

    [Fact]
    public void A_folder_without_the_library()
    {
        Link("libc10.so");
        Assert.StartsWith("it has no libtorch_cpu.so", Problem);
    }

    [Fact]
    public void A_PyTorch_folder_has_them_below_lib_and_tells_its_version()
    {
        Directory.CreateDirectory(Path.Combine(folder, "lib"));
        foreach (var file in LibtorchBuild.Files)
            File.CreateSymbolicLink(Path.Combine(folder, "lib", file), Path.Combine(Libtorch.Folder, file));
        File.WriteAllText(Path.Combine(folder, "version.py"), "__version__ = '2.10.0+cu128'\ndebug = False\n");
        var build = new LibtorchBuild(folder, "test");
        Assert.Equal(("2.10.0", Path.Combine(folder, "lib")), (build.Version, build.Libraries));
        Assert.Null(Problem);
        Assert.Null(new LibtorchBuild(Path.Combine(folder, "lib"), "test").Problem(LibtorchSearch.TorchSharp()));
    }

    [Fact]
    public void Another_version_with_every_function_serves()
    {
        Link(LibtorchBuild.Files);
        File.WriteAllText(Path.Combine(folder, "build-version"), "2.11.1+cpu");
        Assert.Null(Problem);
    }

    [Fact]
    public void A_version_that_lacks_functions_is_named_with_the_first()
    {
        Link("libc10.so", "libtorch.so");
        File.Copy(Path.Combine(Libtorch.Folder, "libc10.so"), Path.Combine(folder, "libtorch_cpu.so"));
        File.WriteAllText(Path.Combine(folder, "build-version"), "1.13.1");
        Assert.Matches(
            @"^it is libtorch 1\.13\.1, and TorchSharp was built for 2\.10\.0: \d+ functions are missing, _Z\w+ the first$", Problem);
    }

    [Fact]
    public void Libraries_of_another_processor_are_refused()
    {
        Link("libtorch_cpu.so", "libtorch.so");
        var bytes = File.ReadAllBytes(Path.Combine(Libtorch.Folder, "libc10.so"));
        bytes[18] = 183;
        File.WriteAllBytes(Path.Combine(folder, "libc10.so"), bytes);
        Assert.Contains("another processor", Problem);
    }

    [Fact]
    public void A_damaged_library_is_refused()
    {
        Link("libtorch_cpu.so", "libtorch.so");
        File.WriteAllText(Path.Combine(folder, "libc10.so"), "not a library");
        Assert.Contains("not a 64-bit ELF library", Problem);
    }

    [Fact]
    public void A_library_that_is_cut_off_is_refused()
    {
        Link("libc10.so", "libtorch.so");
        var whole = File.ReadAllBytes(Path.Combine(Libtorch.Folder, "libc10.so"));
        File.WriteAllBytes(Path.Combine(folder, "libtorch_cpu.so"), whole[..(whole.Length / 2)]);
        Assert.Contains("cannot be read", Problem);
    }
}
