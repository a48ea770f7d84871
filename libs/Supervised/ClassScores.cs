namespace PluginHost.Libs.Supervised;

/// <summary>Class probabilities as a scored batch; the model and every baseline go through here.</summary>
public static class ClassScores
{
    /// <summary>One batch.</summary>
    /// <param name="ids">Sample ids, axis N.</param>
    /// <param name="classes">True classes, axis N; <see cref="Keys.Ignore"/> where unknown.</param>
    /// <param name="probabilities">Axes N C.</param>
    /// <param name="term">Name of the loss.</param>
    public static Scored Of(string[] ids, int[] classes, float[,] probabilities, string term)
    {
        var predicted = new int[ids.Length];
        var loss = 0.0;
        var known = 0L;
        for (var n = 0; n < ids.Length; n++)
        {
            for (var c = 1; c < probabilities.GetLength(1); c++)
                if (probabilities[n, c] > probabilities[n, predicted[n]]) predicted[n] = c;
            if (classes[n] == Keys.Ignore) continue;
            known++;
            // Single precision cannot tell a certain error from an infinite loss: count it as the smallest positive number.
            loss -= Math.Log(Math.Max(probabilities[n, classes[n]], 1e-38f));
        }
        return new()
        {
            Ids = ids,
            Labels = known == 0 ? null : classes,
            Predicted = predicted,
            Probabilities = probabilities,
            Losses = known == 0 ? [] : [new(term, loss, known, 1)],
        };
    }
}
