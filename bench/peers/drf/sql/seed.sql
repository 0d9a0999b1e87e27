-- psql -v tenants=N -v patients=N: fills the empty tables. The same call makes the same rows. Rows of a tenant lie
-- together; everything random is a hash of (tenant, patient, subject).
\set ON_ERROR_STOP on
set synchronous_commit = off;
set maintenance_work_mem = '256MB';
set work_mem = '256MB';
truncate tenant, membership, role_permission, counter, household, patient, patient_token, audit_entry;

insert into tenant (id, slug, name)
select md5('tenant ' || t)::uuid, 'clinic-' || lpad(t::text, 6, '0'), 'Clinic ' || t
from generate_series(1, :tenants) as t;

-- One person a tenant, a receptionist.
insert into membership (tenant_id, user_id, role_slug)
select id, md5('user ' || slug)::uuid, 'receptionist' from tenant;

insert into role_permission (tenant_id, role_slug, permission)
select id, 'receptionist', permission
from tenant, unnest(array['patients.read', 'patients.create', 'patients.update']) as permission;

insert into counter (tenant_id, name, value) select id, 'patient', :patients from tenant;

create temporary table person as
with given (names) as (select array[
    'Asha', 'Kavita', 'Neha', 'Pooja', 'Priya', 'Rekha', 'Sunita', 'Anjali', 'Aparna', 'Gauri',
    'Manisha', 'Pallavi', 'Sneha', 'Deepa', 'Lakshmi', 'Meena', 'Nithya', 'Divya', 'Padma', 'Ananya',
    'Amit', 'Anil', 'Deepak', 'Rahul', 'Rajesh', 'Ramesh', 'Sanjay', 'Suresh', 'Vijay', 'Ajay',
    'Ganesh', 'Nitin', 'Sachin', 'Arun', 'Karthik', 'Prakash', 'Kiran', 'Krishna', 'Ravi', 'Imran']),
family (names) as (select array[
    'Agarwal', 'Chauhan', 'Gupta', 'Mishra', 'Pandey', 'Sharma', 'Shukla', 'Singh', 'Tiwari', 'Verma',
    'Yadav', 'Bhosale', 'Deshmukh', 'Deshpande', 'Gaikwad', 'Jadhav', 'Joshi', 'Kulkarni', 'More', 'Patil',
    'Shinde', 'Krishnan', 'Natarajan', 'Raman', 'Sundaram', 'Swamy', 'Naidu', 'Rao', 'Reddy', 'Varma',
    'Banerjee', 'Bose', 'Das', 'Ghosh', 'Roy', 'Sen', 'Ansari', 'Khan', 'Fernandes', 'Pinto'])
select md5('tenant ' || t)::uuid as tenant_id,
       md5('patient ' || t || ' ' || p)::uuid as id,
       p as number,
       given.names[1 + mod(draw.given, 40)] || ' ' || family.names[1 + mod(draw.family, 40)] as name,
       (array['female', 'male', 'other', 'unknown'])[case when draw.sex < 50 then 1 when draw.sex < 98 then 2
                                                          when draw.sex = 98 then 3 else 4 end] as sex,
       date '1936-01-01' + mod(draw.birth, 32000) as born_on,
       case when draw.estimated < 30 then 'estimated' else 'day' end as dob_precision,
       case when draw.phone < 90
            then '+919' || lpad(mod(t::bigint * 1000003 + h::bigint * 7919, 1000000000)::text, 9, '0') end as phone,
       case when draw.phone < 90 then case when mod(p, 2) = 1 then 'self' else 'spouse' end end as phone_relation,
       case when draw.email < 25 then 'person' || p || '@example.in' end as email,
       case when draw.address < 80 then 1 + mod(draw.birth, 240) || ', Station Road' end as address,
       case when draw.pincode < 85 then (411001 + mod(draw.birth, 98))::text end as pincode,
       case when draw.phone < 90 then md5('household ' || t || ' ' || h)::uuid end as household_id,
       timestamptz '2025-01-01' + p * interval '1 hour' + t * interval '1 millisecond' as created_at
from generate_series(1, :tenants) as t,
     generate_series(1, :patients) as p,
     lateral (select (p + 1) / 2 as h) as home,  -- two people a household, one family name
     lateral (select t::bigint * 1000000 + p as row, t::bigint * 1000000 + h as home_row) as seed,
     lateral (select abs(hashint8extended(row, 1) % 1000003)::int as given,
                     abs(hashint8extended(home_row, 2) % 1000003)::int as family,
                     abs(hashint8extended(row, 3) % 100)::int as sex,
                     abs(hashint8extended(row, 4) % 1000003)::int as birth,
                     abs(hashint8extended(row, 5) % 100)::int as estimated,
                     abs(hashint8extended(home_row, 6) % 100)::int as phone,
                     abs(hashint8extended(row, 7) % 100)::int as email,
                     abs(hashint8extended(row, 8) % 100)::int as address,
                     abs(hashint8extended(row, 9) % 100)::int as pincode) as draw,
     given, family;

insert into household (tenant_id, id, phone_e164, created_at)
select tenant_id, household_id, phone, created_at from person where phone_relation = 'self';

insert into patient (tenant_id, id, number, name, name_sort, sex, born_on, dob_precision, phone, phone_relation, email,
                     address, city, pincode, household_id, created_at, updated_at)
select tenant_id, id, number, name, lower(name), sex, born_on, dob_precision, phone, phone_relation, email,
       address, 'Pune', pincode, household_id, created_at, created_at
from person;

insert into patient_token (tenant_id, token, object_id)
select tenant_id, unnest(string_to_array(lower(name), ' ')), id from person
union
select tenant_id, unnest(array[substr(phone, 2), substr(phone, 4), '<' || reverse(substr(phone, 2))]), id
from person where phone is not null
order by 1, 2, 3;
drop table person;

\set QUIET on
vacuum analyze;
checkpoint;
