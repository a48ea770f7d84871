using System.Text.Json.Nodes;
using PluginHost.Host.Stages;
using PluginHost.Libs.Files;

namespace PluginHost.Host.Tests.Stages;

/// <summary>A model that is scored on a file it was trained on.</summary>
public sealed class TrainingFilesTests : IDisposable
{
    private readonly string run = Directory.CreateTempSubdirectory("training-files").FullName;

    public void Dispose() => Directory.Delete(run, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(run, name);
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public void It_is_known_by_content_whatever_it_is_called()
    {
        var (train, copy, test) = (Write("train.csv", "a"), Write("copy.csv", "a"), Write("test.csv", "b"));
        Write("run.json", new JsonObject { [TrainingFiles.Key] = new JsonArray(DataFingerprint.Of(train).Sha256) }.ToJsonString());
        var model = Directory.CreateDirectory(Path.Combine(run, "model")).FullName;
        Assert.Equal([copy], TrainingFiles.Among(model, [copy, test]));
        Assert.Contains("NOT HELD OUT: the model was trained on", Assert.Single(TrainingFiles.Sentences("m", [copy])));
        foreach (var damaged in (string[])["{ damaged", "[]", "null", ""])
        {
            Write("run.json", damaged);
            Assert.Contains("run.json' is damaged",
                Assert.Throws<DataException>(() => TrainingFiles.Among(model, [copy])).Message);
        }
        File.Delete(Path.Combine(run, "run.json"));
        Assert.Empty(TrainingFiles.Among(model, [copy]));
        Write("pipeline.resolved.yaml", "name: m");
        Assert.Throws<DataException>(() => TrainingFiles.Among(model, [copy]));
    }

    [Fact]
    public void The_files_of_a_split_are_those_its_samples_name() => Assert.Equal(["/d/train.csv"],
        TrainingFiles.Of(["/d/dev.csv", "/d/train.csv"],
            [new("1", "A") { Origin = "train.csv:2" }, new("2", "A") { Origin = "train.csv:3" }]));
}
