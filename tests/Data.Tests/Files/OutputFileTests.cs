using System.Diagnostics;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Data.Tests.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("output").FullName;
    private readonly string input;

    public OutputFileTests()
    {
        input = At("input.csv");
        File.WriteAllText(input, "precious");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string At(string name) => Path.Combine(root, name);

    private static void Shell(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("bash") { ArgumentList = { "-c", command } })!;
        Assert.True(process.WaitForExit(20_000));
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("input.csv", "true")]
    [InlineData("./../{0}/input.csv", "true")]
    [InlineData("soft.csv", "ln -s input.csv soft.csv")]
    [InlineData("twice.csv", "ln -s input.csv soft.csv && ln -s soft.csv twice.csv")]
    [InlineData("hard.csv", "ln input.csv hard.csv")]
    [InlineData("door/input.csv", "ln -s . door")]
    public void The_input_is_refused_by_whatever_name_and_with_force_too(string name, string prepare)
    {
        Shell($"cd {root} && {prepare}");
        var written = Path.Combine(root, name.Replace("{0}", Path.GetFileName(root)));
        foreach (var force in (bool[])[false, true])
            Assert.Contains("is the input itself", Assert.Throws<UsageException>(() => OutputFile.Check(written, force, input)).Message);
        Assert.Equal("precious", File.ReadAllText(input));
    }

    [Fact]
    public void A_file_of_a_folder_that_is_read_is_refused_and_a_new_one_beside_it_is_not()
    {
        Assert.Contains("is a file of the input", Assert.Throws<UsageException>(() => OutputFile.Check(input, true, root)).Message);
        OutputFile.Check(At("new.tsv"), false, root).Write("new");
        Assert.Equal("new", File.ReadAllText(At("new.tsv")));
    }

    [Fact]
    public void A_file_that_is_there_needs_force_and_stays_until_the_new_one_is_whole()
    {
        Assert.Contains("replace it with --force", Assert.Throws<UsageException>(() => OutputFile.Check(input, false)).Message);
        Shell($"chmod 600 {input}");
        var file = OutputFile.Check(input, true);
        Assert.Throws<InvalidOperationException>(() => file.Write(stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("precious", File.ReadAllText(input));
        file.Write("new");
        Assert.Equal("new", File.ReadAllText(input));
        Shell($"test $(stat -c %a {input}) = 600");
        Assert.Equal([input], Directory.GetFileSystemEntries(root));
    }

    [Fact]
    public void What_something_else_wrote_meanwhile_is_kept()
    {
        var file = OutputFile.Check(At("out.tsv"), false);
        Assert.Contains("meanwhile", Assert.Throws<UsageException>(() => file.Write(_ => File.WriteAllText(At("out.tsv"), "other")))
            .Message);
        Assert.Equal("other", File.ReadAllText(At("out.tsv")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_stays_and_its_target_is_written(bool exists)
    {
        Directory.CreateDirectory(At("far"));
        if (exists) File.WriteAllText(At("far/target"), "old");
        File.CreateSymbolicLink(At("link.tsv"), "far/target");
        OutputFile.Check(At("link.tsv"), exists, input).Write("new");
        Assert.Equal("new", File.ReadAllText(At("far/target")));
        Assert.Equal("far/target", new FileInfo(At("link.tsv")).LinkTarget);
        Assert.Single(Directory.GetFileSystemEntries(At("far")));
    }

    [Fact]
    public void Links_in_a_circle_are_named()
    {
        Shell($"cd {root} && ln -s b a && ln -s a b");
        Assert.Contains("circle", Assert.Throws<UsageException>(() => OutputFile.Check(At("a"), true)).Message);
    }

    [Fact]
    public void A_missing_folder_is_named_before_anything_else_and_a_folder_is_no_file()
    {
        var failure = Assert.Throws<UsageException>(() => OutputFile.Check(At("none/out.tsv"), false));
        Assert.Contains($"the folder {At("none")} does not exist", failure.Message);
        Assert.DoesNotContain("partial", failure.Message);
        Assert.Contains("is a folder", Assert.Throws<UsageException>(() => OutputFile.Check(root, true)).Message);
        Assert.Contains("is a folder", Assert.Throws<UsageException>(() => OutputFile.Check(At("x") + "/", true)).Message);
    }

    [Fact]
    public void A_pipe_is_written_into_and_stays_one()
    {
        Shell($"mkfifo {At("pipe")}");
        using var reader = Process.Start(new ProcessStartInfo("cat") { ArgumentList = { At("pipe") }, RedirectStandardOutput = true })!;
        var file = OutputFile.Check(At("pipe"), false, input);
        Assert.True(file.IsStream);
        file.Write("through");
        Assert.Equal("through", reader.StandardOutput.ReadToEnd());
        Assert.Equal(FileKind.OneWay, FileIdentity.Of(At("pipe"))!.Value.Kind);
    }

    [Fact]
    public void A_reader_that_goes_away_ends_a_pipe_quietly()
    {
        Shell($"mkfifo {At("pipe")}");
        using var reader =
            Process.Start(new ProcessStartInfo("head") { ArgumentList = { "-c", "1", At("pipe") }, RedirectStandardOutput = true })!;
        OutputFile.Check(At("pipe"), false).Write(stream =>
        {
            for (var i = 0; i < 1000; i++) stream.Write(new byte[4096]);
        });
        Assert.True(reader.WaitForExit(20_000));
    }

    [Fact]
    public void Devices_are_written_into_and_a_full_one_is_a_resource_failure()
    {
        var before = FileIdentity.Of("/dev/null");
        OutputFile.Check("/dev/null", false).Write("nothing");
        Assert.Equal(before, FileIdentity.Of("/dev/null"));
        Assert.Equal(5, Assert.Throws<ResourceException>(() => OutputFile.Check("/dev/full", false).Write("x")).ExitCode);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/fd/1")]
    [InlineData("/proc/self/fd/1")]
    public void Standard_output_is_told_by_every_name(string name) => Assert.True(OutputFile.Check(name, false, input).IsStandardOutput);

    [Fact]
    public void Two_outputs_of_one_command_may_not_be_one_file() => Assert.Contains("twice", Assert.Throws<UsageException>(() =>
        OutputFile.Check(At("a.csv"), false).RefuseTwice(OutputFile.Check(At("./a.csv"), false))).Message);
}
