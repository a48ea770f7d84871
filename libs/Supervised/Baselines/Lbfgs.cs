namespace PluginHost.Libs.Supervised;

/// <summary>
/// Limited-memory BFGS with a weak-Wolfe bisection line search (Nocedal and Wright 2006, algorithm 7.5; Lewis and Overton 2013) for smooth
/// convex functions.
/// </summary>
public static class Lbfgs
{
    private const int Memory = 10;
    private const int MostIterations = 200;

    /// <summary>Minimises in place.</summary>
    /// <param name="x">The start, then the minimum.</param>
    /// <param name="evaluate">Gives the value at its first argument and writes the gradient into its second.</param>
    /// <param name="tolerance">
    /// Stops when the largest gradient entry is below this share of the first gradient's, or no step improves.
    /// </param>
    public static void Minimize(double[] x, Func<double[], double[], double> evaluate, double tolerance = 1e-4)
    {
        var gradient = new double[x.Length];
        var value = evaluate(x, gradient);
        var enough = tolerance * Math.Max(1e-12, gradient.Max(Math.Abs));
        var history = new LinkedList<(double[] Step, double[] Change, double Curvature)>();
        for (var iteration = 0; iteration < MostIterations && gradient.Max(Math.Abs) > enough; iteration++)
        {
            var direction = Direction(gradient, history);
            var first = history.Count == 0 ? 1 / Math.Sqrt(Math.Max(1e-300, Dot(gradient, gradient))) : 1;
            if (!Search(x, value, gradient, direction, first, evaluate, out var next, out var nextGradient, out var nextValue)) return;
            var step = Difference(next, x);
            var change = Difference(nextGradient, gradient);
            var curvature = Dot(step, change);
            if (curvature > 1e-300)
            {
                history.AddLast((step, change, curvature));
                if (history.Count > Memory) history.RemoveFirst();
            }
            next.CopyTo(x, 0);
            (gradient, value) = (nextGradient, nextValue);
        }
    }

    private static double[] Direction(double[] gradient, LinkedList<(double[] Step, double[] Change, double Curvature)> history)
    {
        var direction = gradient.Select(g => -g).ToArray();
        var factors = new Stack<double>();
        for (var node = history.Last; node is not null; node = node.Previous)
        {
            var (step, change, curvature) = node.Value;
            factors.Push(Dot(step, direction) / curvature);
            AddScaled(direction, change, -factors.Peek());
        }
        if (history.Last is { Value: var last })
        {
            var scale = last.Curvature / Dot(last.Change, last.Change);
            for (var i = 0; i < direction.Length; i++) direction[i] *= scale;
        }
        foreach (var (step, change, curvature) in history)
            AddScaled(direction, step, factors.Pop() - Dot(change, direction) / curvature);
        return direction;
    }

    private static bool Search(
        double[] x, double value, double[] gradient, double[] direction, double first, Func<double[], double[], double> evaluate,
        out double[] next, out double[] nextGradient, out double nextValue)
    {
        var slope = Dot(gradient, direction);
        var (low, high, length) = (0.0, double.PositiveInfinity, first);
        (next, nextGradient, nextValue) = (new double[x.Length], new double[x.Length], value);
        for (var trial = 0; trial < 50; trial++)
        {
            for (var i = 0; i < x.Length; i++) next[i] = x[i] + length * direction[i];
            nextValue = evaluate(next, nextGradient);
            if (!(nextValue <= value + 1e-4 * length * slope)) high = length;
            else if (Dot(nextGradient, direction) < 0.9 * slope) low = length;
            else return true;
            length = double.IsInfinity(high) ? 2 * length : (low + high) / 2;
        }
        return nextValue < value;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (p, q) => p - q)];

    private static void AddScaled(double[] target, double[] source, double factor)
    {
        for (var i = 0; i < target.Length; i++) target[i] += factor * source[i];
    }
}
