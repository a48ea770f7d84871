using System.Collections.Concurrent;

namespace PluginHost.Host.Batches;

/// <summary>
/// Prepares items ahead of their use on workers and hands them out in order. The number of workers changes only the
/// speed. A failure while preparing surfaces from <see cref="Next"/> as it was thrown.
/// </summary>
/// <typeparam name="TPlan">What is decided ahead, on one thread and in order.</typeparam>
/// <typeparam name="TItem">What workers make of it.</typeparam>
public sealed class BatchFeed<TPlan, TItem> : IDisposable where TItem : class, IDisposable
{
    private readonly BlockingCollection<Task<TItem>> queue;
    private readonly SemaphoreSlim free;
    private readonly CancellationTokenSource stop = new();
    private readonly Task planner;

    /// <param name="plan">The work in order; enumerated on a thread of the feed's own.</param>
    /// <param name="prepare">Makes an item; called on several threads at once.</param>
    /// <param name="workers">How many items are prepared at the same time.</param>
    public BatchFeed(IEnumerable<TPlan> plan, Func<TPlan, TItem> prepare, int workers)
    {
        queue = new(boundedCapacity: 2 * workers);
        free = new(workers);
        planner = Task.Factory.StartNew(() => Fill(plan, prepare), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>The next item, or null after the last. The caller disposes of it.</summary>
    public TItem? Next() => queue.TryTake(out var item, Timeout.Infinite) ? item.GetAwaiter().GetResult() : null;

    /// <summary>Stops the workers and disposes of what was prepared in vain.</summary>
    public void Dispose()
    {
        stop.Cancel();
        foreach (var left in queue.GetConsumingEnumerable())
        {
            ((IAsyncResult)left).AsyncWaitHandle.WaitOne();
            if (left.IsCompletedSuccessfully) left.Result.Dispose();
        }
        planner.Wait();
        queue.Dispose();
        free.Dispose();
        stop.Dispose();
    }

    private void Fill(IEnumerable<TPlan> plan, Func<TPlan, TItem> prepare)
    {
        try
        {
            foreach (var next in plan)
            {
                free.Wait(stop.Token);
                queue.Add(Task.Run(() =>
                {
                    try { return prepare(next); }
                    finally { free.Release(); }
                }));
                if (stop.IsCancellationRequested) break;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* disposed: nobody waits for more */ }
        catch (Exception failure) { queue.Add(Task.FromException<TItem>(failure)); }
        finally { queue.CompleteAdding(); }
    }
}
