------------------------------- MODULE Ledger -------------------------------
(* How a job takes over, checkpoints and commits; names are those of the code.

   Several instances of one job run at once: all but the newest are zombies. A checkpoint's output
   and its ledger entry are one Kafka transaction. Two transactional ids take turns, so records of
   the next checkpoint are sent while the one before is made durable. Brokers deliver a commit late
   and twice. Each task writes a file per checkpoint, a base or a delta behind the files before; the
   manifest names them all, and files outlive the checkpoint that wrote them.

   LedgerModelTest has TLC check it, as it is and with each planted mistake (Mutant). *)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
  Records,      \* number of input records; the output for each is itself
  Instances,    \* processes that run the job
  Tasks,        \* tasks with keyed state
  Ids,          \* transactional ids, 0 .. n-1
  MaxStarts,    \* how often an instance starts
  MaxTimeouts,  \* how many transactions the broker times out
  Retained,     \* completed checkpoints that are kept
  TakeOver,     \* "claim" as built; "ordered" and "any" fence only, in the ids' order or not: with
                \* "any" two each fence a part and double output, with both a number may be higher
                \* than its owner's who came later, and the wrong one deletes files
  Mutant        \* "none" or a planted mistake

VARIABLES
  epoch,        \* id -> the producer epoch that the broker accepts
  txn,          \* id -> the transaction at the broker
  output,       \* the output partition: records with the transaction they belong to
  committed,    \* transactions that are committed
  entry,        \* the newest committed ledger entry: a manifest
  claims,       \* the claims in the ledger, in order
  files,        \* durable files of the snapshot store
  job,          \* instance -> where it stands
  net,          \* commits on their way to the broker; they may be delivered again
  starts, timeouts

kafka == <<epoch, txn, output, committed, entry>>
vars == <<epoch, txn, output, committed, entry, claims, files, job, net, starts, timeouts>>

-----------------------------------------------------------------------------
\* Files and manifests

File(ck, attempt, task) == [ck |-> ck, attempt |-> attempt, task |-> task]
ManifestFile(m) == File(m.ck, m.attempt, "manifest")
NoManifest == [ck |-> 0, attempt |-> 0, offset |-> 0, state |-> [t \in Tasks |-> {}]]
Named(m) == IF m.ck = 0 THEN {} ELSE UNION {m.state[t] : t \in Tasks} \cup {ManifestFile(m)}

\* What RetainOnly may delete: nothing named, nothing of later attempts, nothing under way.
Doomed(retained, newest, attempt) ==
  { f \in files :
      /\ \A m \in retained : f \notin Named(m)
      /\ (Mutant = "sweep-later-attempts" \/ f.attempt <= attempt)
      /\ (Mutant = "sweep-under-way" \/ ~(f.attempt = attempt /\ f.ck > newest)) }

-----------------------------------------------------------------------------
\* Instances

Max(S) == IF S = {} THEN 0 ELSE CHOOSE x \in S : \A y \in S : y <= x
NoTxn == [open |-> FALSE, entry |-> NoManifest]
NothingHeld == [phase |-> "none", id |-> 0, manifest |-> NoManifest, unwritten |-> {}]
Down ==
  [ phase |-> "down", unfenced |-> {}, claimed |-> {}, epoch |-> [i \in Ids |-> 0],
    owner |-> 0, attempt |-> 0, offset |-> 0, nextCk |-> 1, current |-> 0, state |-> NoManifest.state,
    held |-> NothingHeld, seen |-> NoManifest, retained |-> <<>> ]

Init ==
  /\ epoch = [i \in Ids |-> 0] /\ txn = [i \in Ids |-> NoTxn]
  /\ output = <<>> /\ committed = {} /\ entry = NoManifest /\ claims = <<>>
  /\ files = {} /\ job = [p \in Instances |-> Down] /\ net = {}
  /\ starts = 0 /\ timeouts = 0

HighestAttempt == Max({claims[k].attempt : k \in 1..Len(claims)})
Next1(i) == (i + 1) % Cardinality(Ids)
Range(s) == {s[k] : k \in 1..Len(s)}
Newest(s) == IF s = <<>> THEN 0 ELSE s[Len(s)].ck
Last(n, s) == IF Len(s) <= n THEN s ELSE SubSeq(s, Len(s) - n + 1, Len(s))
IsFenced(p, i) == job[p].epoch[i] # epoch[i]
Die(p) == job' = [job EXCEPT ![p] = Down]
Crash(p) ==
  /\ job[p].phase # "down" /\ Die(p)
  /\ UNCHANGED <<kafka, claims, files, net, starts, timeouts>>

-----------------------------------------------------------------------------
\* Taking over: fence each id, claim each id, read the ledger to its end, restore what it names

Start(p) ==
  /\ job[p].phase = "down" /\ starts < MaxStarts
  /\ starts' = starts + 1
  /\ job' = [job EXCEPT ![p] =
       [Down EXCEPT !.phase = "taking over",
                    !.owner = starts + 1,
                    !.attempt = IF TakeOver = "claim" THEN HighestAttempt + 1 ELSE starts + 1,
                    !.unfenced = IF Mutant = "fence-one" THEN {0} ELSE Ids,
                    !.seen = IF Mutant = "read-first" THEN entry ELSE NoManifest,
                    !.epoch = IF Mutant = "fence-one" THEN epoch ELSE Down.epoch]]
  /\ UNCHANGED <<kafka, claims, files, net, timeouts>>

Fence(p, i) ==
  /\ job[p].phase = "taking over" /\ i \in job[p].unfenced
  /\ TakeOver = "any" \/ \A j \in job[p].unfenced : i <= j
  /\ epoch' = [epoch EXCEPT ![i] = @ + 1]
  /\ txn' = [txn EXCEPT ![i] = NoTxn]
  /\ job' = [job EXCEPT ![p].unfenced = @ \ {i}, ![p].epoch[i] = epoch[i] + 1]
  /\ UNCHANGED <<output, committed, entry, claims, files, net, starts, timeouts>>

\* A claim is a committed transaction: it proves that the id is still ours after all were fenced.
Claim(p, i) ==
  /\ TakeOver = "claim" /\ job[p].phase = "taking over" /\ job[p].unfenced = {}
  /\ i \in Ids \ job[p].claimed /\ \A j \in Ids \ job[p].claimed : i <= j
  /\ IF IsFenced(p, i)
     THEN Die(p) /\ UNCHANGED <<epoch, claims>>
     ELSE /\ job' = [job EXCEPT ![p].claimed = @ \cup {i},
                                ![p].epoch[i] = IF Mutant = "tv1" THEN @ ELSE @ + 1]
          /\ claims' = Append(claims, [owner |-> job[p].owner, attempt |-> job[p].attempt, id |-> i])
          /\ epoch' = IF Mutant = "tv1" THEN epoch ELSE [epoch EXCEPT ![i] = @ + 1]
  /\ UNCHANGED <<txn, output, committed, entry, files, net, starts, timeouts>>

\* ClaimResolver: somebody else's claim behind ours means that the id is no longer ours; a number
\* that is not above all others is given up for a higher one, and claimed again.
IsMine(p, k) == claims[k].owner = job[p].owner /\ claims[k].attempt = job[p].attempt
IsOvertaken(p) ==
  \E k, l \in 1..Len(claims) :
    k < l /\ IsMine(p, k) /\ claims[l].owner # job[p].owner /\ claims[l].id = claims[k].id
HighestOfOthers(p) ==
  Max({claims[k].attempt : k \in {l \in 1..Len(claims) : claims[l].owner # job[p].owner}})

ReadToEnd(p) ==
  /\ job[p].phase = "taking over" /\ job[p].unfenced = {}
  /\ TakeOver = "claim" => job[p].claimed = Ids
  /\ IF IsOvertaken(p) THEN Die(p)
     ELSE IF TakeOver = "claim" /\ HighestOfOthers(p) >= job[p].attempt
     THEN job' = [job EXCEPT ![p].attempt = HighestOfOthers(p) + 1, ![p].claimed = {}]
     ELSE LET m == IF Mutant = "read-first" THEN job[p].seen ELSE entry IN
          job' = [job EXCEPT ![p].phase = "running",
                             ![p].offset = m.offset, ![p].nextCk = m.ck + 1, ![p].state = m.state,
                             ![p].seen = m, ![p].retained = IF m.ck = 0 THEN <<>> ELSE <<m>>]
  /\ UNCHANGED <<kafka, claims, files, net, starts, timeouts>>

-----------------------------------------------------------------------------
\* A checkpoint: records, barrier, one file per task, manifest, ledger entry, commit

Process(p) ==
  LET i == job[p].current IN
  /\ job[p].phase = "running" /\ job[p].offset < Records
  /\ ~(job[p].held.phase # "none" /\ job[p].held.id = i)
  /\ IF IsFenced(p, i)
     THEN Die(p) /\ UNCHANGED <<txn, output>>
     ELSE /\ job' = [job EXCEPT ![p].offset = @ + 1]
          /\ txn' = [txn EXCEPT ![i].open = TRUE]
          /\ output' = Append(output, [record |-> job[p].offset + 1, id |-> i, epoch |-> epoch[i]])
  /\ UNCHANGED <<epoch, committed, entry, claims, files, net, starts, timeouts>>

\* All sinks are flushed and switch to the next id; tasks freeze, each to write a base or a delta.
Barrier(p, bases) ==
  /\ job[p].phase = "running" /\ job[p].held.phase = "none"
  /\ job[p].offset > job[p].seen.offset
  /\ LET ck == job[p].nextCk
         new(t) == {File(ck, job[p].attempt, t)}
         state == [t \in Tasks |-> IF t \in bases THEN new(t) ELSE job[p].state[t] \cup new(t)]
         manifest == [ck |-> ck, attempt |-> job[p].attempt, offset |-> job[p].offset, state |-> state]
     IN job' = [job EXCEPT ![p].state = state, ![p].nextCk = @ + 1, ![p].current = Next1(@),
                  ![p].held = [phase |-> "prepared", id |-> job[p].current,
                               manifest |-> manifest, unwritten |-> Tasks]]
  /\ UNCHANGED <<kafka, claims, files, net, starts, timeouts>>

WriteFile(p, t) ==
  /\ job[p].phase = "running" /\ job[p].held.phase = "prepared" /\ t \in job[p].held.unwritten
  /\ files' = files \cup {File(job[p].held.manifest.ck, job[p].attempt, t)}
  /\ job' = [job EXCEPT ![p].held.unwritten = @ \ {t}]
  /\ UNCHANGED <<kafka, claims, net, starts, timeouts>>

WriteManifest(p) ==
  /\ job[p].phase = "running" /\ job[p].held.phase = "prepared"
  /\ \/ job[p].held.unwritten = {}
     \/ Mutant = "one-acknowledged" /\ job[p].held.unwritten # Tasks
  /\ files' = files \cup {ManifestFile(job[p].held.manifest)}
  /\ job' = [job EXCEPT ![p].held.phase = "durable"]
  /\ UNCHANGED <<kafka, claims, net, starts, timeouts>>

SendEntry(p) ==
  LET i == job[p].held.id IN
  /\ job[p].phase = "running"
  /\ \/ job[p].held.phase = "durable"
     \/ Mutant = "early-entry" /\ job[p].held.phase = "prepared"
  /\ IF IsFenced(p, i)
     THEN Die(p) /\ UNCHANGED txn
     ELSE /\ txn' = [txn EXCEPT ![i] = [open |-> TRUE, entry |-> job[p].held.manifest]]
          /\ job' = [job EXCEPT ![p].held.phase = "entered"]
  /\ UNCHANGED <<epoch, output, committed, entry, claims, files, net, starts, timeouts>>

SendCommit(p) ==
  /\ job[p].phase = "running" /\ job[p].held.phase = "entered"
  /\ net' = net \cup {[id |-> job[p].held.id, epoch |-> job[p].epoch[job[p].held.id]]}
  /\ job' = [job EXCEPT ![p].held.phase = "sent"]
  /\ UNCHANGED <<kafka, claims, files, starts, timeouts>>

\* The broker. With transaction.version 2 the epoch is bumped by each commit.
Commit(m) ==
  /\ m \in net /\ epoch[m.id] = m.epoch /\ txn[m.id].open
  /\ committed' = committed \cup {m}
  /\ entry' = IF txn[m.id].entry.ck # 0 THEN txn[m.id].entry ELSE entry
  /\ txn' = [txn EXCEPT ![m.id] = NoTxn]
  /\ epoch' = IF Mutant = "tv1" THEN epoch ELSE [epoch EXCEPT ![m.id] = @ + 1]
  /\ UNCHANGED <<output, claims, files, job, net, starts, timeouts>>

TimeOut(i) ==
  /\ txn[i].open /\ timeouts < MaxTimeouts
  /\ timeouts' = timeouts + 1
  /\ txn' = [txn EXCEPT ![i] = NoTxn] /\ epoch' = [epoch EXCEPT ![i] = @ + 1]
  /\ UNCHANGED <<output, committed, entry, claims, files, job, net, starts>>

Completed(p, newEpoch) ==
  LET held == job[p].held IN
  job' = [job EXCEPT ![p].held = NothingHeld, ![p].seen = held.manifest,
                     ![p].epoch[held.id] = newEpoch,
                     ![p].retained = Last(Retained, Append(@, held.manifest))]

\* The instance learns how its commit was decided.
Answer(p) ==
  LET held == job[p].held
      mine == [id |-> held.id, epoch |-> job[p].epoch[held.id]]
      isOn == entry = held.manifest \/ (entry.ck > held.manifest.ck /\ entry.attempt = job[p].attempt)
  IN
  /\ job[p].phase = "running" /\ held.phase = "sent"
  /\ \/ /\ mine \in committed /\ isOn
        /\ Completed(p, IF Mutant = "tv1" THEN mine.epoch ELSE mine.epoch + 1)
     \/ /\ mine \notin committed /\ IsFenced(p, held.id)
        /\ IF Mutant = "ignore-failure" THEN Completed(p, epoch[held.id]) ELSE Die(p)
  /\ UNCHANGED <<kafka, claims, files, net, starts, timeouts>>

\* Planted: the next checkpoint does not wait for this one's commit.
Overtake(p) ==
  /\ Mutant = "overtake" /\ job[p].phase = "running" /\ job[p].held.phase = "sent"
  /\ Completed(p, job[p].epoch[job[p].held.id])
  /\ UNCHANGED <<kafka, claims, files, net, starts, timeouts>>

\* Whoever thinks that it runs the job deletes, zombies too; at once, since partly is less.
RetainOnly(p) ==
  LET early == Mutant = "delete-early" /\ job[p].held.phase = "durable"
      retained == IF early THEN {job[p].held.manifest} ELSE Range(job[p].retained)
      newest == IF early THEN job[p].held.manifest.ck ELSE Newest(job[p].retained)
      doomed == Doomed(retained, newest, job[p].attempt)
  IN
  /\ job[p].phase = "running" /\ retained # {} /\ doomed # {}
  /\ files' = files \ doomed
  /\ UNCHANGED <<kafka, claims, job, net, starts, timeouts>>

-----------------------------------------------------------------------------
Next ==
  \/ \E i \in Ids : TimeOut(i)
  \/ \E m \in net : Commit(m)
  \/ \E p \in Instances :
       \/ Start(p) \/ Crash(p) \/ ReadToEnd(p)
       \/ \E i \in Ids : Fence(p, i) \/ Claim(p, i)
       \/ Process(p) \/ (\E bases \in SUBSET Tasks : Barrier(p, bases))
       \/ (\E t \in Tasks : WriteFile(p, t)) \/ WriteManifest(p)
       \/ SendEntry(p) \/ SendCommit(p) \/ Answer(p) \/ Overtake(p) \/ RetainOnly(p)

Spec == Init /\ [][Next]_vars
Symmetry == Permutations(Instances) \cup Permutations(Tasks)

-----------------------------------------------------------------------------
\* What a read_committed reader sees, and what must hold

Visible == SelectSeq(output, LAMBDA x : [id |-> x.id, epoch |-> x.epoch] \in committed)

ExactlyOnce == \A k \in 1..Len(Visible) : Visible[k].record = k
LedgerMatchesOutput == entry.offset = Len(Visible)
NamedFilesAreDurable == Named(entry) \subseteq files
EntriesRise == [][entry' = entry \/ entry'.ck > entry.ck]_vars
=============================================================================
