namespace ProvingLayer.Cli.Shell;

/// <summary>Carries a <see cref="Problem"/> from where it was found to the frame: the one exception that is not a defect.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Message)
{
    /// <summary>What is wrong.</summary>
    public Problem Problem { get; } = problem;
}
