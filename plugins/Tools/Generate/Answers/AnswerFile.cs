using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.TableFiles;

namespace PluginHost.Plugins.Generate.Answers;

/// <summary>The table of answers: prompt, answer and, where classes are asked for, the probability of each.</summary>
/// <param name="file">Checked.</param>
internal sealed class AnswerFile(OutputFile file)
{
    private readonly TableFormat format = TableFormat.Of(file.Path);

    /// <summary>Writes all.</summary>
    /// <param name="prompts">In their order.</param>
    /// <param name="answering">What the outputs are.</param>
    /// <param name="answers">Of the prompts.</param>
    public void Write(IReadOnlyList<Sample> prompts, Answering answering, IReadOnlyList<float[]> answers)
    {
        var wide = answering.IsClass || answering.Names.Count > 1;
        TableColumn[] columns =
        [
            new("id", typeof(string)), new("prompt", typeof(string)), new("answer", answering.IsClass ? typeof(string) : typeof(float)),
            .. wide ? answering.Names.Select(name => new TableColumn(name, typeof(float))) : [],
        ];
        TableFile.Write(file, format, columns, prompts.Select((prompt, i) => (IReadOnlyList<object?>)
        [
            prompt.Id, prompt.Sequence, answering.IsClass ? answering.Names[Array.IndexOf(answers[i], answers[i].Max())] : answers[i][0],
            .. wide ? answers[i].Select(v => (object?)v) : [],
        ]));
    }
}
