using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Plugins.Templates;
using PluginHost.Host.Stages;
using PluginHost.Host.Tests.Commands;

namespace PluginHost.Host.Tests.Plugins.Templates;

/// <summary>From <c>host plugins new</c> to a model that uses the new plugin.</summary>
public sealed class NewPluginTests(NewProject project) : IClassFixture<NewProject>
{
    public static TheoryData<string> Kinds => [.. NewProject.Kinds];

    [Fact]
    public void It_builds_without_a_warning_into_a_folder_that_holds_its_own_assembly_alone()
    {
        Assert.Contains(" 0 Warning(s)", project.Built);
        Assert.Equal([$"{NewProject.Name}.dll"],
            Directory.GetFiles(Path.Combine(project.Plugins, NewProject.Name), "*.dll").Select(Path.GetFileName));
    }

    [Fact]
    public void Its_tests_pass()
    {
        var tests = Path.Combine(project.Folder, NewProject.Name + ".Tests");
        var (code, output) = Sdk.Build(tests);
        Assert.SkipWhen(code != 0 && output.Contains("error NU", StringComparison.Ordinal), "NuGet does not have the packages of tests.");
        Assert.True(code == 0, output);
        Assert.Contains(" 0 Warning(s)", output);

        (code, output) = Sdk.Run(tests, Path.Combine("bin", "Debug", "net10.0", NewProject.Name + ".Tests.dll"), "-noColor");
        Assert.True(code == 0, output);
    }

    [Fact]
    public void It_keeps_every_rule_and_none_is_left_untried()
    {
        var (code, output, error) = HostProcess.Run(project.Folder, ["plugins", "verify", Path.Combine("bin", "plugins", NewProject.Name)]);
        Assert.True(code == 0, output + error);
        Assert.Contains($"tool {NewProject.Component} neighbours", output);
        Assert.DoesNotContain("not tried", output);
    }

    [Fact]
    public void A_pipeline_with_a_component_of_every_kind_runs()
    {
        project.Run("run", "--pipeline", "pipeline.yaml", "--device", "cpu", "--output", "runs/all");

        Assert.Equal(41, File.ReadAllLines(Path.Combine(project.Folder, "runs/all/tools/dna-words-2-neighbours/neighbours.tsv")).Length);
        Assert.Contains("finetune,60,dev,dna-words-2,",
            File.ReadAllText(Path.Combine(project.Folder, "runs/all/observers/dna-words-2/figures.csv")));
    }

    [Fact]
    public void A_model_writes_with_its_decoder()
    {
        project.Run("run", "--pipeline", "generate.yaml", "--device", "cpu", "--output", "runs/written");

        Assert.Equal(10, File.ReadLines(Path.Combine(project.Folder, "runs/written/tools/generate/written.fa")).Count(l => l[0] == '>'));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_pipeline_of_a_kind_alone_is_sound(string kind)
    {
        var file = Path.Combine(project.Folder, $"{kind}.yaml");
        var files = PluginTemplate.Read().Instantiate(NewProject.Name, [kind], "/opt/host");
        await File.WriteAllTextAsync(file, files.GetValueOrDefault("generate.yaml") ?? files["pipeline.yaml"],
            TestContext.Current.CancellationToken);
        var pipeline = project.Host.GetRequiredService<PipelineReader>().Read(file);

        Assert.Contains(NewProject.Component,
            files.GetValueOrDefault("generate.yaml") ?? files["pipeline.yaml"].Split("name: dna-words-2")[1]);
        Assert.Equal(0, await project.Host.GetRequiredService<IPipelineRunner>()
            .CheckAsync(pipeline, new RunRequest(null, "cpu", null), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_it_throws_has_file_and_line()
    {
        var tokenizer = project.Host.GetRequiredService<ComponentFactory>()
            .Build<ITokenizer>(new(NewProject.Component, new Dictionary<string, object?>()), null!);
        var thrown = Assert.Throws<NullReferenceException>(() => tokenizer.Encode(null!, new()));
        var frame = new StackTrace(thrown, fNeedFileInfo: true).GetFrame(0)!;

        Assert.Equal(Path.Combine(project.Folder, NewProject.Name, "WordTokenizer.cs"), frame.GetFileName());
        Assert.Equal("var bases = sample.Sequence;", File.ReadLines(frame.GetFileName()!).ElementAt(frame.GetFileLineNumber() - 1).Trim());
    }

    [Fact]
    public void Dotnet_new_writes_the_same()
    {
        var hive = Path.Combine(project.Around, "hive");
        var (code, output) = Sdk.Run(project.Around, "new", "install", Path.Combine(Repository.Root, "templates", "plugin"),
            "--debug:custom-hive", hive);
        Assert.True(code == 0, output);
        (code, output) = Sdk.Run(project.Around, ["new", "pluginhost-plugin", "-n", NewProject.Name, "-o", "by-dotnet",
            "--host", Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), "--debug:custom-hive", hive,
            .. NewProject.Kinds.SelectMany(kind => (string[])["--kind", kind])]);
        Assert.True(code == 0, output);

        foreach (var (file, text) in PluginTemplate.Read()
            .Instantiate(NewProject.Name, NewProject.Kinds, Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))
        {
            var other = Path.Combine(project.Around, "by-dotnet", file);
            Assert.True(File.Exists(other), $"dotnet new wrote no {file}.");
            Assert.Equal(text, File.ReadAllText(other));
        }
    }

    [Fact]
    public void A_folder_that_is_there_is_left_alone_unless_asked_and_then_other_files_stay()
    {
        string[] command = ["plugins", "new", "Other", "--kind", "metric", "--output", "other"];
        var folder = Directory.CreateDirectory(Path.Combine(project.Around, "other")).FullName;
        var (mine, entry) = (Path.Combine(folder, "mine.txt"), Path.Combine(folder, "Other", "Entry.cs"));
        File.WriteAllText(mine, "mine");

        var (code, _, error) = HostProcess.Run(project.Around, command);
        Assert.Equal(2, code);
        Assert.Contains("other exists already", error);
        Assert.Equal([mine], Directory.GetFileSystemEntries(folder));

        Assert.Equal(0, HostProcess.Run(project.Around, [.. command, "--force"]).Code);
        Assert.True(File.Exists(mine) && File.Exists(entry));
    }

    [Fact]
    public void Without_a_kind_nothing_is_written()
    {
        var (code, _, error) = HostProcess.Run(project.Around, ["plugins", "new", "Nothing"]);
        Assert.Equal(2, code);
        Assert.Contains("--kind", error);
        Assert.False(Directory.Exists(Path.Combine(project.Around, "Nothing")));
    }
}
