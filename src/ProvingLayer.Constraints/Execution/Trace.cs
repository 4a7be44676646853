using System.Collections.Immutable;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Execution;

/// <summary>What is proved: the main columns of every table and the public values.</summary>
public sealed class Trace
{
    /// <summary>The trace of 2^<paramref name="logInstances"/> instances of one circuit.</summary>
    public Trace(ImmutableArray<Matrix> main, ImmutableArray<KoalaBear> publicValues, int logInstances)
        : this(main, publicValues, InstanceCounts.Of(logInstances))
    {
    }

    /// <summary>The trace of several circuits; the tables of one that is absent have no rows.</summary>
    public Trace(ImmutableArray<Matrix> main, ImmutableArray<KoalaBear> publicValues, InstanceCounts instances)
    {
        Main = main;
        PublicValues = publicValues;
        Instances = instances;
    }

    /// <summary>The main columns of each table, in the order of the circuit's tables, or of the key's where it has several circuits.</summary>
    public ImmutableArray<Matrix> Main { get; }

    /// <summary>The public values.</summary>
    public ImmutableArray<KoalaBear> PublicValues { get; }

    /// <summary>How often each circuit is there.</summary>
    public InstanceCounts Instances { get; }

    /// <summary>log₂ of the number of instances of the first circuit.</summary>
    public int LogInstances => Instances.LogOf(0);
}
